package org.mephisto.config.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.bind.NearestName;
import org.mephisto.config.bind.Problems;
import org.mephisto.config.state.SharedStateArgs.FunctionArgs;
import org.mephisto.config.state.SharedStateArgs.QualificationArgs;
import org.mephisto.spi.blueprint.ExpectedFields;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.SharedTaskState.JudgeUnit;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.QualificationRequirement;

/** Reads {@code mephisto.shared_state}. Thread-safe. */
public final class SharedStateReader {
    private static final String PATH = "mephisto.shared_state";

    private final HttpClient http;

    /** @param http for functions that are URLs */
    public SharedStateReader(HttpClient http) {
        this.http = http;
    }

    /**
     * Lays the configuration over what a program gave: keys of {@code task_config} one by one, qualifications beside each other, anything
     * else in place of the program's.
     *
     * @throws org.mephisto.spi.config.ConfigException with every problem
     */
    public SharedTaskState read(ObjectNode tree, Path taskDirectory, SharedTaskState byCode) {
        Problems problems = new Problems();
        Optional<SharedStateArgs> bound = check(tree, taskDirectory, problems);
        problems.throwIfAny();
        SharedStateArgs args = bound.orElseThrow();
        return merged(args, taskDirectory, byCode);
    }

    /** Adds all that is wrong with the tree to a report, without making anything of it. */
    public static Optional<SharedStateArgs> check(ObjectNode tree, Path taskDirectory, Problems problems) {
        Optional<SharedStateArgs> bound =
                new ConfigBinder(taskDirectory).bind(SharedStateArgs.class, PATH, tree, problems);
        bound.ifPresent(args -> {
            args.taskConfig().ifPresent(config -> checkObject("task_config", config, problems));
            requirements(args.qualifications(), problems);
            checkData("screening_data", args.screeningData(), taskDirectory, true, problems);
            checkData("gold_data", args.goldData(), taskDirectory, false, problems);
            failureTexts(args.failureTexts(), problems);
            checkFunction("worker_can_do_unit", args.workerCanDoUnit(), false, problems);
            checkFunction("validate_onboarding", args.validateOnboarding(), true, problems);
            checkFunction("screen_unit", args.screenUnit(), true, problems);
            checkFunction("gold_unit", args.goldUnit(), true, problems);
            checkFunction("on_unit_submitted", args.onUnitSubmitted(), false, problems);
        });
        return bound;
    }

    private SharedTaskState merged(SharedStateArgs args, Path taskDirectory, SharedTaskState byCode) {
        SharedTaskState.Builder builder = byCode.toBuilder();
        args.taskConfig().ifPresent(config -> builder.taskConfig(overlaid(byCode.taskConfig(), config)));
        List<QualificationRequirement> all = new ArrayList<>(byCode.qualifications());
        all.addAll(requirements(args.qualifications(), new Problems()));
        builder.qualifications(all);
        args.onboardingData().ifPresent(data -> builder.onboardingData(JsonValue.of(data)));
        args.staticTaskData().ifPresent(items -> builder.staticTaskData(items::stream));
        args.workerCanDoUnit()
                .flatMap(form -> byUrl("worker_can_do_unit", form))
                .ifPresent(url -> builder.workerCanDoUnit(url::workerCanDoUnit));
        args.onUnitSubmitted()
                .flatMap(form -> byUrl("on_unit_submitted", form))
                .ifPresent(url -> builder.onUnitSubmitted(url::onUnitSubmitted));
        args.validateOnboarding()
                .ifPresent(form -> builder.validateOnboarding(byUrl("validate_onboarding", form)
                        .<SharedTaskState.ValidateOnboarding>map(url -> url::validateOnboarding)
                        .orElseGet(() -> new ExpectedFields(form.expect().orElseGet(Json::object))::areIn)));
        args.screeningData().ifPresent(data -> {
            if (data.isBoolean()) {
                builder.screenWithRealUnits();
            } else {
                builder.screeningData(SpecialData.read(data, taskDirectory)::stream);
            }
        });
        args.goldData().ifPresent(data -> builder.goldData(SpecialData.read(data, taskDirectory)::stream));
        args.screenUnit().map(form -> judge("screen_unit", form)).ifPresent(builder::screenUnit);
        args.goldUnit().map(form -> judge("gold_unit", form)).ifPresent(builder::goldUnit);
        Map<FailureReason, String> texts = new EnumMap<>(FailureReason.class);
        texts.putAll(byCode.failureTexts());
        texts.putAll(failureTexts(args.failureTexts(), new Problems()));
        builder.failureTexts(texts);
        builder.functionTimeout(longest(args, byCode.functionTimeout()));
        return builder.build();
    }

    /** A function's own time-out counts, where it is the longer one. */
    private static Duration longest(SharedStateArgs args, Duration least) {
        return Stream.of(
                        args.workerCanDoUnit(),
                        args.validateOnboarding(),
                        args.screenUnit(),
                        args.goldUnit(),
                        args.onUnitSubmitted())
                .flatMap(Optional::stream)
                .map(form -> Duration.ofMillis((long) (form.timeout() * 1000)).plusSeconds(1))
                .reduce(least, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    private JudgeUnit judge(String name, FunctionArgs form) {
        return byUrl(name, form)
                .<JudgeUnit>map(url -> url::judgeUnit)
                .orElseGet(() -> judging(new ExpectedFields(form.expect().orElseGet(Json::object))));
    }

    private static JudgeUnit judging(ExpectedFields expected) {
        return (unit, state) -> Verdict.of(state.submission()
                .map(submission -> expected.areIn(submission.data()))
                .orElse(false));
    }

    private static Map<FailureReason, String> failureTexts(Map<String, String> given, Problems problems) {
        Map<FailureReason, String> texts = new EnumMap<>(FailureReason.class);
        given.forEach((name, text) -> {
            Optional<FailureReason> reason = FailureReason.find(name);
            if (reason.isEmpty()) {
                List<String> names =
                        Stream.of(FailureReason.values()).map(Enum::name).toList();
                problems.add(
                        PATH + ".failure_texts." + name,
                        "there is no reason \"" + name + "\"; " + NearestName.hint(name, names));
            }
            reason.ifPresent(known -> texts.put(known, text));
        });
        return texts;
    }

    private Optional<UrlFunction> byUrl(String name, FunctionArgs form) {
        return form.url().map(url -> new UrlFunction(http, name, URI.create(url), form.timeout()));
    }

    private static Map<String, Object> overlaid(Map<String, Object> under, JsonNode over) {
        Map<String, Object> values = new LinkedHashMap<>(under);
        over.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(values);
    }

    private static List<QualificationRequirement> requirements(List<QualificationArgs> list, Problems problems) {
        List<QualificationRequirement> requirements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            requirement(PATH + ".qualifications[" + i + "]", list.get(i), problems)
                    .ifPresent(requirements::add);
        }
        return requirements;
    }

    private static Optional<QualificationRequirement> requirement(
            String path, QualificationArgs args, Problems problems) {
        JsonNode given = args.value().orElseGet(Json::array);
        List<Integer> values = new ArrayList<>();
        for (JsonNode value : given.isArray() ? given : List.of(given)) {
            if (!value.canConvertToInt() || !value.isIntegralNumber()) {
                problems.add(
                        path + ".value", "must be a whole number or a list of them, not \"" + value.asText() + "\".");
                return Optional.empty();
            }
            values.add(value.intValue());
        }
        try {
            return Optional.of(new QualificationRequirement(
                    args.qualificationName(), args.comparator(), values, args.applicableProviders()));
        } catch (MephistoException e) {
            problems.add(path, e.getMessage());
            return Optional.empty();
        }
    }

    private static void checkObject(String key, JsonNode value, Problems problems) {
        if (!value.isObject()) {
            problems.add(PATH + "." + key, "must be a map, not \"" + value.asText() + "\".");
        }
    }

    private static void checkData(
            String key, Optional<JsonNode> given, Path taskDirectory, boolean mayBeFalse, Problems problems) {
        given.ifPresent(value -> {
            boolean isFalse = value.isBoolean() && !value.booleanValue();
            if (!value.isArray() && !value.isTextual() && !(mayBeFalse && isFalse)) {
                problems.add(
                        PATH + "." + key,
                        "must be a list or a file" + (mayBeFalse ? ", or false" : "") + ", not \"" + value.asText()
                                + "\".");
            } else if (!isFalse) {
                SpecialData.check(PATH + "." + key, value, taskDirectory, problems);
            }
        });
    }

    private static void checkFunction(String key, Optional<FunctionArgs> given, boolean judgesData, Problems problems) {
        String path = PATH + "." + key;
        given.ifPresent(form -> {
            long forms = Stream.of(form.expect(), form.url(), form.java())
                    .filter(Optional::isPresent)
                    .count();
            if (form.java().isPresent()) {
                problems.add(
                        path + ".java",
                        "methods of Hooks.java cannot be called yet; give {url: ...}, or set the function on the"
                                + " SharedTaskState of a program of your own.");
            } else if (forms != 1) {
                problems.add(path, "must have exactly one of " + (judgesData ? "expect, url" : "url") + ".");
            } else if (form.expect().isPresent() && !judgesData) {
                problems.add(
                        path + ".expect", "compares submitted fields, of which there are none here; give {url: ...}.");
            } else {
                form.expect().ifPresent(fields -> checkExpect(path, fields, problems));
                form.url().ifPresent(url -> checkUrl(path + ".url", url, problems));
            }
        });
    }

    private static void checkExpect(String path, JsonNode fields, Problems problems) {
        if (!fields.isObject() || fields.isEmpty()) {
            problems.add(path + ".expect", "must map fields to their values, such as {consent: \"yes\"}.");
        }
    }

    private static void checkUrl(String path, String url, Problems problems) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null) {
                return;
            }
        } catch (java.net.URISyntaxException e) {
            // reported below, like any other text that is no web address
        }
        problems.add(path, "must be a web address such as http://localhost:8000/judge, not \"" + url + "\".");
    }
}
