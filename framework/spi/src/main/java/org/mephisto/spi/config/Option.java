package org.mephisto.spi.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One configuration key: a component of a configuration record. The key is the component's name in snake_case. A component of type
 * {@link java.util.Optional} may be absent; any other without {@link #defaultValue} must be given; lists and maps are empty when absent.
 *
 * <p>Types: {@code String}, {@code int}, {@code long}, {@code double}, {@code boolean}, enums (by name, any case), {@code Path} (relative
 * ones stand in the task folder, {@code ~} is the home folder), {@code List}, {@code Map} with string keys, Jackson's {@code JsonNode},
 * and other such records.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
    /** Marks the lack of a default. */
    String NO_DEFAULT = "\0";

    /** What it is for, in a sentence; shown by {@code mephisto wut}. */
    String help();

    /** The value when the key is absent, as it would stand in YAML. */
    String defaultValue() default NO_DEFAULT;

    /** The key where it is not the component's name, such as {@code _deploy_type}. */
    String key() default "";

    /** The least number allowed. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The greatest number allowed. */
    double max() default Double.POSITIVE_INFINITY;

    /** Whether the value is a secret: never shown or logged. */
    boolean secret() default false;
}
