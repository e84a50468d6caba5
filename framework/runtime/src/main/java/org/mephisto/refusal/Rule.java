package org.mephisto.refusal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.mephisto.qualification.Qualifications;
import org.mephisto.spi.model.QualificationComparator;
import org.mephisto.spi.model.QualificationRequirement;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.Refusal;

/** What the details of a refusal mean, by the rule that they name. */
final class Rule {
    private Rule() {}

    /** The rule and the values that it saw. */
    static String sentence(Refusal refusal, Worker worker) {
        JsonNode details = refusal.details().node();
        String name = "\"" + worker.name() + "\"";
        String limit = details.path("limit").asText();
        return switch (details.path("rule").asText()) {
            case "qualification" -> qualification(details, name);
            case "allowed_concurrent" ->
                name + " had " + details.path("value").asText() + " units at once, and allowed_concurrent is " + limit
                        + ".";
            case "maximum_units_per_worker" ->
                name + " had " + details.path("value").asText() + " units of the task, and maximum_units_per_worker is "
                        + limit + ".";
            case "onboarding" -> name + " did not pass the onboarding " + quoted(details, "qualification") + ".";
            case "validate_onboarding" ->
                name + " has submitted the onboarding, and validate_onboarding could not be asked.";
            case "screen_unit", "gold_unit" ->
                name + " had just submitted a unit that was still being judged by "
                        + details.path("rule").asText() + ".";
            case "max_screening_units" ->
                "All " + limit + " screening units (max_screening_units) were taken, and " + name
                        + " is still to be screened.";
            case "min_golds" ->
                name + " has fewer right gold units than min_golds ("
                        + details.path("min_golds").asText() + "), and there were no more of them.";
            case "worker_can_do_unit" ->
                "worker_can_do_unit let " + name + " have none of the "
                        + details.path("asked").asText() + " units it was asked for.";
            case "no_free_unit" -> "No unit was free that " + name + " had not worked on before.";
            case "visit_ended" ->
                name + " came back to a visit that had ended: "
                        + details.path("status").asText() + ".";
            default -> refusal.reason().sentence();
        };
    }

    private static String qualification(JsonNode details, String name) {
        String asked = details.path("qualification").asText();
        if (asked.equals(Qualifications.BLOCKED)) {
            return name + " was blocked.";
        }
        JsonNode granted = details.path("granted");
        JsonNode value = details.path("value");
        return "The run asks: " + asked + " " + details.path("comparator").asText()
                + (value.isMissingNode() ? "" : " " + (value.isContainerNode() ? value.toString() : value.asText()))
                + "; " + name + " "
                + (granted.isNumber() ? "held it with the value " + granted.asText() : "did not hold it") + ".";
    }

    private static String quoted(JsonNode details, String key) {
        return "\"" + details.path(key).asText() + "\"";
    }

    /** What may be done, or that nothing must be. */
    static String advice(Refusal refusal, Worker worker, Map<String, Integer> held) {
        JsonNode details = refusal.details().node();
        return switch (details.path("rule").asText()) {
            case "qualification" -> qualificationAdvice(details, worker, held);
            case "onboarding" ->
                "To have them try again: mephisto qualifications revoke "
                        + details.path("qualification").asText() + " " + worker.name() + ", and likewise "
                        + details.path("qualification").asText() + "-failed.";
            case "allowed_concurrent" -> "They may go on once they have finished one.";
            case "maximum_units_per_worker" -> "A greater maximum_units_per_worker lets them do more.";
            case "validate_onboarding", "screen_unit", "gold_unit" ->
                "It is judged at their next visit at the latest; the log says what went wrong, if anything did.";
            case "max_screening_units" -> "A greater max_screening_units lets more workers be screened.";
            case "min_golds" -> "More gold_data, or a greater max_gold_units, gives them the chance.";
            case "worker_can_do_unit" -> "It is your own function; its log lines say more.";
            case "no_free_unit" -> "More units, or units that come back, give them work.";
            case "visit_ended" -> "A fresh link is a fresh visit.";
            default -> "";
        };
    }

    private static String qualificationAdvice(JsonNode details, Worker worker, Map<String, Integer> held) {
        String asked = details.path("qualification").asText();
        Integer now = held.get(asked);
        if (requirement(details)
                .map(each -> each.isMetBy(now == null ? OptionalInt.empty() : OptionalInt.of(now)))
                .orElse(false)) {
            return "By now this would be met.";
        }
        if (asked.equals(Qualifications.BLOCKED)) {
            return "To let them in again: mephisto qualifications unblock " + worker.name();
        }
        return details.path("comparator").asText().equals(QualificationComparator.DOES_NOT_EXIST.word())
                ? "To let them in: mephisto qualifications revoke " + asked + " " + worker.name()
                : "To let them in: mephisto qualifications grant " + asked + " " + worker.name() + " --value N";
    }

    private static Optional<QualificationRequirement> requirement(JsonNode details) {
        List<Integer> values = new ArrayList<>();
        JsonNode value = details.path("value");
        if (value.isArray()) {
            value.forEach(each -> values.add(each.asInt()));
        } else if (value.isNumber()) {
            values.add(value.asInt());
        }
        return Stream.of(QualificationComparator.values())
                .filter(each -> each.word().equals(details.path("comparator").asText()))
                .findFirst()
                .map(comparator -> new QualificationRequirement(
                        details.path("qualification").asText(), comparator, values, Optional.empty()));
    }
}
