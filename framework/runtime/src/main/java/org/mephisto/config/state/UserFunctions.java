package org.mephisto.config.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mephisto.config.bind.Problems;
import org.mephisto.config.hooks.HookPlaces;
import org.mephisto.config.hooks.HookSignature;
import org.mephisto.config.state.JavaFunctions.Named;
import org.mephisto.config.state.SharedStateArgs.FunctionArgs;
import org.mephisto.spi.blueprint.ExpectedFields;
import org.mephisto.spi.blueprint.RemoteFunction;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.SharedTaskState.AttentionCheck;
import org.mephisto.spi.blueprint.SharedTaskState.JudgeUnit;
import org.mephisto.spi.blueprint.SharedTaskState.ValidateOnboarding;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.json.Json;

/** The functions of {@code mephisto.shared_state}, each in one of three forms: fields to expect, a URL, or a method. */
final class UserFunctions {
    private static final String PATH = "mephisto.shared_state.";
    private static final String FUNCTIONS = PATH + "functions.";
    private static final int LAST_PORT = 65_535;
    /** Who calls a function for a page has a shorter time-out, and interrupts. */
    private static final Duration REMOTE_TIMEOUT = Duration.ofHours(1);

    private final SharedStateArgs args;
    private final HttpClient http;
    private final JavaFunctions java;

    /** The functions of one run; its hooks are objects of their own, in {@code java}. */
    UserFunctions(SharedStateArgs args, HttpClient http, JavaFunctions java) {
        this.args = args;
        this.http = http;
        this.java = java;
    }

    /** A function that the configuration gives. */
    private record Declared(String path, HookSignature signature, FunctionArgs form, boolean judgesData) {}

    private static List<Declared> declared(SharedStateArgs args) {
        List<Declared> all = new ArrayList<>();
        add(all, HookSignature.WORKER_CAN_DO_UNIT, args.workerCanDoUnit(), false);
        add(all, HookSignature.VALIDATE_ONBOARDING, args.validateOnboarding(), true);
        add(all, HookSignature.judge("screen_unit"), args.screenUnit(), true);
        add(all, HookSignature.judge("gold_unit"), args.goldUnit(), true);
        for (int i = 0; i < args.attentionChecks().size(); i++) {
            all.add(new Declared(
                    PATH + "attention_checks[" + i + "]",
                    HookSignature.ATTENTION_CHECK,
                    args.attentionChecks().get(i),
                    true));
        }
        add(all, HookSignature.ON_UNIT_SUBMITTED, args.onUnitSubmitted(), false);
        args.functions().forEach((name, method) -> all.add(remoteFunction(name, method.java())));
        return all;
    }

    private static Declared remoteFunction(String name, String method) {
        FunctionArgs form =
                new FunctionArgs(Optional.empty(), Optional.empty(), REMOTE_TIMEOUT.toSeconds(), Optional.of(method));
        return new Declared(FUNCTIONS + name, HookSignature.REMOTE_FUNCTION, form, false);
    }

    private static void add(
            List<Declared> all, HookSignature signature, Optional<FunctionArgs> form, boolean judgesData) {
        form.ifPresent(given -> all.add(new Declared(PATH + signature.function(), signature, given, judgesData)));
    }

    /** Adds what is wrong with the functions to a report; compiles Hooks.java where one is asked for. */
    static void check(SharedStateArgs args, HookPlaces places, Problems problems) {
        List<Declared> all = declared(args);
        all.forEach(each -> check(each, problems));
        JavaFunctions.check(all.stream().flatMap(each -> named(each).stream()).toList(), places, problems);
    }

    private static Optional<Named> named(Declared function) {
        return function.form().java().map(name -> new Named(function.path() + ".java", name, function.signature()));
    }

    private static void check(Declared function, Problems problems) {
        FunctionArgs form = function.form();
        long forms = Stream.of(form.expect(), form.url(), form.java())
                .filter(Optional::isPresent)
                .count();
        if (forms != 1) {
            problems.add(
                    function.path(),
                    "must have exactly one of " + (function.judgesData() ? "expect, url, java" : "url, java") + ".");
        } else if (form.expect().isPresent() && !function.judgesData()) {
            problems.add(
                    function.path() + ".expect",
                    "compares submitted fields, of which there are none here; give {url: ...} or {java: ...}.");
        } else {
            form.expect().ifPresent(expect -> checkExpect(function.path() + ".expect", expect, problems));
            form.url().ifPresent(url -> checkUrl(function.path() + ".url", url, problems));
        }
    }

    /** Likewise, of the form {@code {expect: ...}}, which items of screening and gold data have, too. */
    static void checkExpect(String path, JsonNode expect, Problems problems) {
        if (!expect.isObject() || expect.isEmpty()) {
            problems.add(
                    path, "must map fields to their values, such as {answer: 4}, not " + Problems.quoted(expect) + ".");
        }
    }

    private static void checkUrl(String path, String url, Problems problems) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getPort() <= LAST_PORT) {
                return;
            }
        } catch (URISyntaxException e) {
            // reported below, like any other text that is no web address
        }
        problems.add(path, "must be a web address such as http://localhost:8000/judge, not \"" + url + "\".");
    }

    /** A function's own time-out counts, where it is the longer one. */
    static Duration longestTimeout(SharedStateArgs args, Duration least) {
        return declared(args).stream()
                .filter(each -> !each.signature().equals(HookSignature.REMOTE_FUNCTION))
                .map(each -> timeout(each.form()).plusSeconds(1))
                .reduce(least, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    private static Duration timeout(FunctionArgs form) {
        return Duration.ofNanos((long) (form.timeout() * 1e9));
    }

    /** Puts them in the place of the program's. */
    void addTo(SharedTaskState.Builder builder, SharedTaskState byCode) {
        List<AttentionCheck> checks = new ArrayList<>(byCode.attentionChecks());
        Map<String, RemoteFunction> remote = new LinkedHashMap<>(byCode.functions());
        for (Declared each : declared(args)) {
            switch (each.signature().function()) {
                case "worker_can_do_unit" -> {
                    byUrl(each).ifPresent(url -> builder.workerCanDoUnit(url::workerCanDoUnit));
                    byJava(each).ifPresent(java -> builder.workerCanDoUnit(java::workerCanDoUnit));
                }
                case "validate_onboarding" -> builder.validateOnboarding(validation(each));
                case "screen_unit" -> builder.screenUnit(judge(each));
                case "gold_unit" -> builder.goldUnit(judge(each));
                case "on_unit_submitted" -> {
                    byUrl(each).ifPresent(url -> builder.onUnitSubmitted(url::onUnitSubmitted));
                    byJava(each).ifPresent(java -> builder.onUnitSubmitted(java::onUnitSubmitted));
                }
                case "attention_checks" -> checks.add(attentionCheck(each));
                case "functions" ->
                    byJava(each)
                            .ifPresent(java -> remote.put(each.path().substring(FUNCTIONS.length()), java::answerPage));
                default -> throw new IllegalStateException(each.path());
            }
        }
        builder.attentionChecks(checks);
        builder.functions(remote);
    }

    private AttentionCheck attentionCheck(Declared function) {
        return byUrl(function)
                .<AttentionCheck>map(url -> url::passes)
                .or(() -> byJava(function).map(java -> java::passes))
                .orElseGet(() -> {
                    ExpectedFields expected = expected(function);
                    return (unit, state) -> state.submission()
                            .map(submission -> expected.areIn(submission.data()))
                            .orElse(false);
                });
    }

    private ValidateOnboarding validation(Declared function) {
        return byUrl(function)
                .<ValidateOnboarding>map(url -> url::validateOnboarding)
                .or(() -> byJava(function).map(java -> java::validateOnboarding))
                .orElseGet(() -> expected(function)::areIn);
    }

    private JudgeUnit judge(Declared function) {
        return byUrl(function)
                .<JudgeUnit>map(url -> url::judgeUnit)
                .or(() -> byJava(function).map(java -> java::judgeUnit))
                .orElseGet(() -> {
                    ExpectedFields expected = expected(function);
                    return (unit, state) -> Verdict.of(state.submission()
                            .map(submission -> expected.areIn(submission.data()))
                            .orElse(false));
                });
    }

    private static ExpectedFields expected(Declared function) {
        return new ExpectedFields(function.form().expect().orElseGet(Json::object));
    }

    private Optional<UrlFunction> byUrl(Declared function) {
        return function.form()
                .url()
                .map(url -> new UrlFunction(
                        http, function.signature().function(), URI.create(url), timeout(function.form())));
    }

    private Optional<JavaFunction> byJava(Declared function) {
        return named(function).map(name -> java.find(name, timeout(function.form())));
    }
}
