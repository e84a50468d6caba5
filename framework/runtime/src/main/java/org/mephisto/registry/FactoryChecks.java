package org.mephisto.registry;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.provider.CrowdProviderFactory;

/**
 * Asks a factory everything that is asked of factories, once, so that what it answers wrongly is told at start-up and not in the middle of
 * a launch.
 */
final class FactoryChecks {
    private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private FactoryChecks() {}

    /** @return what is wrong with it */
    static Optional<String> problem(BlueprintFactory factory) {
        return problem(factory.type(), factory.description()).or(() -> notRecord("configType()", factory.configType()));
    }

    static Optional<String> problem(ArchitectFactory factory) {
        return problem(factory.type(), factory.description()).or(() -> notRecord("configType()", factory.configType()));
    }

    static Optional<String> problem(CrowdProviderFactory factory) {
        return problem(factory.type(), factory.description())
                .or(() -> notRecord("configType()", factory.configType()))
                .or(() -> notRecord("requesterType()", factory.requesterType()))
                .or(() -> missing("defaultRequester()", factory.defaultRequester()));
    }

    private static Optional<String> problem(@Nullable String type, @Nullable String description) {
        if (type == null) {
            return missing("type()", null);
        }
        return TYPE.matcher(type).matches()
                ? missing("description()", description)
                : Optional.of("its type() is \"" + type
                        + "\". Use up to 64 lower-case letters, digits, underscores and dashes.");
    }

    private static Optional<String> notRecord(String method, @Nullable Class<?> type) {
        return type == null || type.isRecord()
                ? missing(method, type)
                : Optional.of("its " + method + " is \"" + type.getName() + "\", which is not a record class.");
    }

    private static Optional<String> missing(String method, @Nullable Object value) {
        return value == null ? Optional.of("its " + method + " is null. Return a value.") : Optional.empty();
    }
}
