package org.mephisto.config.bind;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One option as {@code mephisto wut} shows it.
 *
 * @param key the key, dotted where it stands in a group, with {@code []} behind what is a list of groups and {@code NAME} for the keys
 *     that users choose in a map of groups
 * @param type what it takes, in words such as {@code text}, {@code whole number}, {@code list of text} or {@code free | round_robin}
 * @param help a sentence, perhaps empty
 * @param defaultValue the default as it would stand in YAML
 * @param range the numbers allowed, such as {@code at least 1}
 */
public record OptionDescription(
        String key,
        String type,
        String help,
        Optional<String> defaultValue,
        boolean required,
        boolean secret,
        Optional<String> range) {

    /** The options of a configuration record in their order, mixed-in ones and those of groups included. */
    public static List<OptionDescription> of(Class<? extends Record> type) {
        return described("", type).toList();
    }

    private static Stream<OptionDescription> described(String prefix, Class<? extends Record> type) {
        return OptionField.flat(type).flatMap(field -> {
            String key = prefix + field.key();
            OptionDescription own = new OptionDescription(
                    key,
                    word(field.valueType()),
                    field.help(),
                    field.defaultText(),
                    field.isRequired(),
                    field.secret(),
                    field.range());
            return Stream.concat(Stream.of(own), inner(key, field.valueType()));
        });
    }

    private static Stream<OptionDescription> inner(String key, Type type) {
        Class<?> raw = OptionField.raw(type);
        if (raw.isRecord()) {
            return described(key + ".", OptionField.recordType(type));
        }
        if (raw == List.class && OptionField.isRecord(OptionField.argument(type, 0))) {
            return described(key + "[].", OptionField.recordType(OptionField.argument(type, 0)));
        }
        if (raw == Map.class && OptionField.isRecord(OptionField.argument(type, 1))) {
            return described(key + ".NAME.", OptionField.recordType(OptionField.argument(type, 1)));
        }
        return Stream.empty();
    }

    static String word(Type type) {
        Class<?> raw = OptionField.raw(type);
        if (raw == List.class) {
            return "list of " + word(OptionField.argument(type, 0));
        }
        if (raw == Map.class) {
            return "map of " + word(OptionField.argument(type, 1));
        }
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants())
                    .map(constant -> EnumWords.word((Enum<?>) constant))
                    .collect(Collectors.joining(" | "));
        }
        if (raw.isRecord()) {
            return "group";
        }
        if (raw == Path.class) {
            return "path";
        }
        if (JsonNode.class.isAssignableFrom(raw)) {
            return "any value";
        }
        return switch (raw.getSimpleName().toLowerCase(Locale.ROOT)) {
            case "int", "integer", "long" -> "whole number";
            case "double", "float" -> "number";
            case "boolean" -> "true or false";
            default -> "text";
        };
    }
}
