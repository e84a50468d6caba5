package org.mephisto.supervisor.eligibility;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.QualificationComparator;
import org.mephisto.spi.model.QualificationRequirement;

/**
 * The rules of one run. Immutable but for the data of screening and gold units, which are thread-safe.
 *
 * @param requirements all that must hold of a worker's qualifications: what the user asks, and what the abilities below add
 */
public record Eligibility(
        List<QualificationRequirement> requirements,
        Optional<OnboardingRule> onboarding,
        Optional<ScreeningRule> screening,
        Optional<GoldRule> gold) {
    public Eligibility {
        requirements = List.copyOf(requirements);
    }

    /** Whether a registration must know what the worker holds. */
    public boolean readsQualifications() {
        return !requirements.isEmpty() || isGated();
    }

    /** Whether workers may meet onboarding, screening or gold units. */
    public boolean isGated() {
        return onboarding.isPresent() || judges();
    }

    /** Whether units are judged. */
    public boolean judges() {
        return screening.isPresent() || gold.isPresent();
    }

    /** Every qualification that the run names. */
    public Set<String> qualificationNames() {
        Set<String> names = new LinkedHashSet<>();
        requirements.forEach(requirement -> names.add(requirement.qualificationName()));
        onboarding.ifPresent(rule -> names.addAll(List.of(rule.qualification(), rule.failed())));
        screening.ifPresent(rule -> names.addAll(List.of(rule.passed(), rule.blocked())));
        gold.ifPresent(rule -> names.addAll(
                List.of(rule.correctGolds(), rule.wrongGolds(), rule.disqualified(), rule.completedCount())));
        return names;
    }

    /**
     * Where a worker stands. Calls no code of the user's.
     *
     * @param granted what the worker holds
     */
    public Standing standing(String providerType, Map<String, Integer> granted) {
        Optional<GoldRule.Score> own = gold.filter(rule -> !rule.isFramework()).map(rule -> rule.score(granted));
        return new Standing(
                unmet(providerType, granted),
                onboarding.map(rule -> rule.standing(granted)).orElse(Standing.Onboarding.DONE),
                screening.filter(rule -> rule.isDue(granted)).isPresent(),
                gold.filter(GoldRule::isFramework)
                        .map(rule -> rule.need(rule.score(granted)))
                        .orElse(Standing.Gold.NONE),
                own);
    }

    /** The first requirement that is not met, as the details of a refusal. */
    private Optional<JsonValue> unmet(String providerType, Map<String, Integer> granted) {
        for (QualificationRequirement requirement : requirements) {
            Integer value = granted.get(requirement.qualificationName());
            if (requirement.appliesTo(providerType)
                    && !requirement.isMetBy(value == null ? OptionalInt.empty() : OptionalInt.of(value))) {
                return Optional.of(details(requirement, value));
            }
        }
        return Optional.empty();
    }

    private static JsonValue details(QualificationRequirement requirement, @Nullable Integer granted) {
        ObjectNode details = Json.object()
                .put("rule", "qualification")
                .put("qualification", requirement.qualificationName())
                .put("comparator", requirement.comparator().word());
        QualificationComparator comparator = requirement.comparator();
        if (comparator == QualificationComparator.IN || comparator == QualificationComparator.NOT_IN) {
            details.set("value", Json.toNode(requirement.values()));
        } else if (comparator.needsValue()) {
            details.put("value", requirement.values().getFirst());
        }
        return JsonValue.of(details.put("granted", granted));
    }
}
