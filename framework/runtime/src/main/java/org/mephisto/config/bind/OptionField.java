package org.mephisto.config.bind;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.mephisto.spi.config.Mixin;
import org.mephisto.spi.config.Option;

/**
 * One component of a configuration record, as its annotations declare it.
 *
 * @param component the record component
 * @param key the key in snake_case
 * @param type the declared type, {@link Optional} and all
 * @param defaultText the default as it would stand in YAML
 * @param mixin whether the component's own keys stand beside the others
 */
record OptionField(
        String component,
        String key,
        Type type,
        String help,
        Optional<String> defaultText,
        OptionalDouble min,
        OptionalDouble max,
        boolean secret,
        boolean mixin) {

    /** The components in their order. */
    static List<OptionField> of(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(OptionField::of).toList();
    }

    /** Likewise, mixins replaced by what they mix in. */
    static Stream<OptionField> flat(Class<? extends Record> type) {
        return of(type).stream().flatMap(field -> field.mixin ? flat(recordType(field.type)) : Stream.of(field));
    }

    private static OptionField of(RecordComponent component) {
        Option option = component.getAnnotation(Option.class);
        boolean mixin = component.isAnnotationPresent(Mixin.class);
        String natural = snakeCase(component.getName());
        if (option == null) {
            return new OptionField(
                    component.getName(),
                    natural,
                    component.getGenericType(),
                    "",
                    Optional.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    false,
                    mixin);
        }
        return new OptionField(
                component.getName(),
                option.key().isEmpty() ? natural : option.key(),
                component.getGenericType(),
                option.help(),
                Option.NO_DEFAULT.equals(option.defaultValue()) ? Optional.empty() : Optional.of(option.defaultValue()),
                finite(option.min()),
                finite(option.max()),
                option.secret(),
                mixin);
    }

    /** The type of the value itself: what an {@link Optional} holds, else the declared type. */
    Type valueType() {
        return isOptional() ? argument(type, 0) : type;
    }

    boolean isOptional() {
        return raw(type) == Optional.class;
    }

    /** Whether the configuration cannot do without it. */
    boolean isRequired() {
        Class<?> raw = raw(type);
        return defaultText.isEmpty()
                && !isOptional()
                && raw != List.class
                && raw != Map.class
                && !(raw.isRecord() && OptionField.flat(recordType(type)).noneMatch(OptionField::isRequired));
    }

    /** The range in words, such as {@code between 0 and 10000}. */
    Optional<String> range() {
        if (min.isPresent() && max.isPresent()) {
            return Optional.of("between " + plain(min.getAsDouble()) + " and " + plain(max.getAsDouble()));
        }
        if (min.isPresent()) {
            return Optional.of("at least " + plain(min.getAsDouble()));
        }
        return max.isPresent() ? Optional.of("at most " + plain(max.getAsDouble())) : Optional.empty();
    }

    boolean isInRange(double value) {
        return value >= min.orElse(Double.NEGATIVE_INFINITY) && value <= max.orElse(Double.POSITIVE_INFINITY);
    }

    /** A number without a needless fraction. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : type instanceof Class<?> plain ? plain : Object.class;
    }

    static Type argument(Type type, int index) {
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[index]
                : Object.class;
    }

    static boolean isRecord(Type type) {
        return raw(type).isRecord();
    }

    static Class<? extends Record> recordType(Type type) {
        return raw(type).asSubclass(Record.class);
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static String snakeCase(String camelCase) {
        return camelCase
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
