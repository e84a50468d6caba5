package org.mephisto.config.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.nio.file.Path;
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
import org.mephisto.config.hooks.HookPlaces;
import org.mephisto.config.state.SharedStateArgs.QualificationArgs;
import org.mephisto.spi.blueprint.SharedTaskState;
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
    public RunState read(ObjectNode tree, HookPlaces places, SharedTaskState byCode) {
        Problems problems = new Problems();
        Optional<SharedStateArgs> bound = check(tree, places, problems);
        problems.throwIfAny();
        JavaFunctions java = new JavaFunctions(places);
        try {
            return new RunState(merged(bound.orElseThrow(), places.taskDirectory(), byCode, java), java);
        } catch (RuntimeException e) {
            java.close();
            throw e;
        }
    }

    /** Adds all that is wrong with the tree to a report, without making anything of it. */
    public static Optional<SharedStateArgs> check(ObjectNode tree, HookPlaces places, Problems problems) {
        Path taskDirectory = places.taskDirectory();
        Optional<SharedStateArgs> bound =
                new ConfigBinder(taskDirectory).bind(SharedStateArgs.class, PATH, tree, problems);
        bound.ifPresent(args -> {
            args.taskConfig().ifPresent(config -> checkObject("task_config", config, problems));
            requirements(args.qualifications(), problems);
            checkData("screening_data", args.screeningData(), taskDirectory, true, problems);
            checkData("gold_data", args.goldData(), taskDirectory, false, problems);
            failureTexts(args.failureTexts(), problems);
            UserFunctions.check(args, places, problems);
        });
        return bound;
    }

    private SharedTaskState merged(
            SharedStateArgs args, Path taskDirectory, SharedTaskState byCode, JavaFunctions java) {
        SharedTaskState.Builder builder = byCode.toBuilder();
        args.taskConfig().ifPresent(config -> builder.taskConfig(overlaid(byCode.taskConfig(), config)));
        List<QualificationRequirement> all = new ArrayList<>(byCode.qualifications());
        all.addAll(requirements(args.qualifications(), new Problems()));
        builder.qualifications(all);
        args.onboardingData().ifPresent(data -> builder.onboardingData(JsonValue.of(data)));
        args.staticTaskData().ifPresent(items -> builder.staticTaskData(items::stream));
        new UserFunctions(args, http, java).addTo(builder, byCode);
        args.screeningData().ifPresent(data -> {
            if (data.isBoolean()) {
                builder.screenWithRealUnits();
            } else {
                builder.screeningData(SpecialData.read(data, taskDirectory)::stream);
            }
        });
        args.goldData().ifPresent(data -> builder.goldData(SpecialData.read(data, taskDirectory)::stream));
        Map<FailureReason, String> texts = new EnumMap<>(FailureReason.class);
        texts.putAll(byCode.failureTexts());
        texts.putAll(failureTexts(args.failureTexts(), new Problems()));
        builder.failureTexts(texts);
        builder.functionTimeout(UserFunctions.longestTimeout(args, byCode.functionTimeout()));
        return builder.build();
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
            if (text.isBlank()) {
                problems.add(
                        PATH + ".failure_texts." + name,
                        "is empty, so workers would not read why they get no unit. Write a sentence, or leave it away.");
            }
            reason.ifPresent(known -> texts.put(known, text));
        });
        return texts;
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
        String name = args.qualificationName();
        if (name.isBlank() || !name.equals(name.strip())) {
            problems.add(
                    path + ".qualification_name", "must be a text without blanks around it, not \"" + name + "\".");
            return Optional.empty();
        }
        if (args.applicableProviders().map(List::isEmpty).orElse(false)) {
            problems.add(
                    path + ".applicable_providers",
                    "is empty, so nobody would be asked for \"" + name
                            + "\". Leave it away for the workers of all providers.");
            return Optional.empty();
        }
        return values(path + ".value", args, problems).flatMap(values -> {
            try {
                return Optional.of(
                        new QualificationRequirement(name, args.comparator(), values, args.applicableProviders()));
            } catch (MephistoException e) {
                problems.add(path, e.getMessage());
                return Optional.empty();
            }
        });
    }

    private static Optional<List<Integer>> values(String path, QualificationArgs args, Problems problems) {
        JsonNode given = args.value().orElseGet(Json::array);
        List<Integer> values = new ArrayList<>();
        for (JsonNode value : given.isArray() ? given : List.of(given)) {
            if (!value.canConvertToInt() || !value.isIntegralNumber()) {
                problems.add(path, "must be a whole number or a list of them, not " + Problems.quoted(value) + ".");
                return Optional.empty();
            }
            values.add(value.intValue());
        }
        return Optional.of(values);
    }

    private static void checkObject(String key, JsonNode value, Problems problems) {
        if (!value.isObject()) {
            problems.add(PATH + "." + key, "must be a map, not " + Problems.quoted(value) + ".");
        }
    }

    private static void checkData(
            String key, Optional<JsonNode> given, Path taskDirectory, boolean mayBeFalse, Problems problems) {
        given.ifPresent(value -> {
            boolean isFalse = value.isBoolean() && !value.booleanValue();
            if (!value.isArray() && !value.isTextual() && !(mayBeFalse && isFalse)) {
                problems.add(
                        PATH + "." + key,
                        "must be a list or a file" + (mayBeFalse ? ", or false" : "") + ", not "
                                + Problems.quoted(value) + ".");
            } else if (!isFalse) {
                SpecialData.check(PATH + "." + key, value, taskDirectory, problems);
            }
        });
    }
}
