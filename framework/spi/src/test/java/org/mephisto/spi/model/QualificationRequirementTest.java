package org.mephisto.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mephisto.spi.error.MephistoException;

final class QualificationRequirementTest {
    /** Below, at and above the value, and not granted. */
    @ParameterizedTest
    @CsvSource({
        "GreaterThan,           5,     no,  no,  yes",
        "GreaterThanOrEqualTo,  5,     no,  yes, yes",
        "LessThan,              5,     yes, no,  no",
        "LessThanOrEqualTo,     5,     yes, yes, no",
        "EqualTo,               5,     no,  yes, no",
        "NotEqualTo,            5,     yes, no,  yes",
        "Exists,                '',    yes, yes, yes",
        "DoesNotExist,          '',    no,  no,  no",
        "In,                    5 6,   no,  yes, yes",
        "NotIn,                 5 6,   yes, no,  no",
    })
    void aGrantedValueIsComparedAsTheWordSays(String word, String values, String below, String at, String above) {
        QualificationRequirement requirement = requirement(comparator(word), values);

        assertThat(requirement.isMetBy(OptionalInt.of(4))).isEqualTo(below.equals("yes"));
        assertThat(requirement.isMetBy(OptionalInt.of(5))).isEqualTo(at.equals("yes"));
        assertThat(requirement.isMetBy(OptionalInt.of(6))).isEqualTo(above.equals("yes"));
    }

    @ParameterizedTest
    @EnumSource(QualificationComparator.class)
    void withoutTheGrantOnlyDoesNotExistIsMet(QualificationComparator comparator) {
        QualificationRequirement requirement = requirement(comparator, comparator.needsValue() ? "5" : "");

        assertThat(requirement.isMetBy(OptionalInt.empty()))
                .isEqualTo(comparator == QualificationComparator.DOES_NOT_EXIST);
    }

    @ParameterizedTest
    @EnumSource(QualificationComparator.class)
    void comparatorsThatNeedAValueAreRefusedWithoutOne(QualificationComparator comparator) {
        Set<QualificationComparator> free =
                EnumSet.of(QualificationComparator.EXISTS, QualificationComparator.DOES_NOT_EXIST);

        if (free.contains(comparator)) {
            assertThat(requirement(comparator, "").values()).isEmpty();
        } else {
            assertThatThrownBy(() -> requirement(comparator, ""))
                    .isInstanceOf(MephistoException.class)
                    .hasMessageContainingAll("\"birds\"", comparator.word());
        }
    }

    @Test
    void onlyInAndNotInTakeSeveralValues() {
        Set<String> several = Arrays.stream(QualificationComparator.values())
                .filter(QualificationComparator::needsValue)
                .filter(comparator -> takes(comparator, "1 2"))
                .map(QualificationComparator::word)
                .collect(Collectors.toSet());

        assertThat(several).containsExactlyInAnyOrder("In", "NotIn");
    }

    @Test
    void aRequirementMayHoldForSomeProvidersOnly() {
        QualificationRequirement some = new QualificationRequirement(
                "birds", QualificationComparator.EXISTS, List.of(), Optional.of(List.of("mock")));
        QualificationRequirement all = QualificationRequirement.mustNotExist("birds");

        assertThat(some.appliesTo("mock")).isTrue();
        assertThat(some.appliesTo("inhouse")).isFalse();
        assertThat(all.appliesTo("inhouse")).isTrue();
    }

    private static boolean takes(QualificationComparator comparator, String values) {
        try {
            requirement(comparator, values);
            return true;
        } catch (MephistoException e) {
            return false;
        }
    }

    private static QualificationComparator comparator(String word) {
        return Arrays.stream(QualificationComparator.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static QualificationRequirement requirement(QualificationComparator comparator, String values) {
        List<Integer> numbers = values.isEmpty()
                ? List.of()
                : Arrays.stream(values.split(" ")).map(Integer::valueOf).toList();
        return new QualificationRequirement("birds", comparator, numbers, Optional.empty());
    }
}
