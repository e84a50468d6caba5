package org.mephisto.spi.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * What a run asks of its workers.
 *
 * @param values what to compare with: one value, several for {@code In} and {@code NotIn}, none for {@code Exists} and {@code
 *     DoesNotExist}
 * @param applicableProviders the provider types it holds for; empty for all
 */
public record QualificationRequirement(
        String qualificationName,
        QualificationComparator comparator,
        List<Integer> values,
        Optional<List<String>> applicableProviders) {
    public QualificationRequirement {
        values = List.copyOf(values);
        applicableProviders = applicableProviders.map(List::copyOf);
        boolean many = comparator == QualificationComparator.IN || comparator == QualificationComparator.NOT_IN;
        if (comparator.needsValue() && (values.isEmpty() || (!many && values.size() > 1))) {
            throw new MephistoException(
                    ErrorCode.INVALID_CONFIG,
                    "Qualification \"" + qualificationName + "\": comparator " + comparator.word() + " needs "
                            + (many ? "a list of values" : "one value") + ", got " + values + ".");
        }
    }

    /** The requirement that the worker holds no such qualification. */
    public static QualificationRequirement mustNotExist(String qualificationName) {
        return new QualificationRequirement(
                qualificationName, QualificationComparator.DOES_NOT_EXIST, List.of(), Optional.empty());
    }

    /** Whether a worker of this provider type must meet it at all. */
    public boolean appliesTo(String providerType) {
        return applicableProviders.map(types -> types.contains(providerType)).orElse(true);
    }

    /** Whether a worker whose granted value is this (empty: not granted) meets it. */
    public boolean isMetBy(OptionalInt granted) {
        if (granted.isEmpty()) {
            return comparator == QualificationComparator.DOES_NOT_EXIST;
        }
        int value = granted.getAsInt();
        return switch (comparator) {
            case GREATER_THAN -> value > values.getFirst();
            case GREATER_THAN_OR_EQUAL_TO -> value >= values.getFirst();
            case LESS_THAN -> value < values.getFirst();
            case LESS_THAN_OR_EQUAL_TO -> value <= values.getFirst();
            case EQUAL_TO -> value == values.getFirst();
            case NOT_EQUAL_TO -> value != values.getFirst();
            case EXISTS -> true;
            case DOES_NOT_EXIST -> false;
            case IN -> values.contains(value);
            case NOT_IN -> !values.contains(value);
        };
    }
}
