package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mephisto.testkit.Gates.RIGHT;
import static org.mephisto.testkit.Gates.WRONG;
import static org.mephisto.testkit.Gates.counting;
import static org.mephisto.testkit.Gates.gold;
import static org.mephisto.testkit.Gates.grant;
import static org.mephisto.testkit.Gates.onboarding;
import static org.mephisto.testkit.Gates.registerOnceJudged;
import static org.mephisto.testkit.Gates.requirement;
import static org.mephisto.testkit.Gates.screening;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Draws the table in {@code docs/eligibility.md}: every row is a real run to which a worker comes over HTTP. The test fails when the page
 * says anything else; with {@code -Dmephisto.docs.write=true} it writes the page.
 */
final class EligibilityTableTest {
    private static final String BEGIN = "<!-- drawn by EligibilityTableTest: begin -->\n";
    private static final String END = "<!-- drawn by EligibilityTableTest: end -->\n";

    @Test
    void thePageSaysWhatWorkersGet() throws Exception {
        Path page = page();
        String text = Files.readString(page);
        String before = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
        String after = text.substring(text.indexOf(END));

        String drawn = before + table() + after;

        if (Boolean.getBoolean("mephisto.docs.write")) {
            Files.writeString(page, drawn);
        }
        assertThat(Files.readString(page)).isEqualTo(drawn);
    }

    private static Path page() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/eligibility.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "docs/eligibility.md is in no folder above this one");
        }
        return folder.resolve("docs/eligibility.md");
    }

    /** What a worker does in a run. */
    private interface Visits {
        List<SimulatedAgent> of(TestRun run, SimulatedWorker worker) throws Exception;
    }

    /** One row of the table. */
    private record Row(String asks, TestRun.Builder run, String does, Visits visits) {}

    private static String table() throws Exception {
        StringBuilder table = new StringBuilder("| the run asks for | a worker | gets |\n|---|---|---|\n");
        List<Row> rows = new ArrayList<>();
        rows.addAll(qualifications());
        rows.addAll(limits());
        rows.addAll(onboardings());
        rows.addAll(screenings());
        rows.addAll(golds());
        rows.add(together());
        for (Row row : rows) {
            table.append("| ")
                    .append(row.asks)
                    .append(" | ")
                    .append(row.does)
                    .append(" | ")
                    .append(outcome(row))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String outcome(Row row) throws Exception {
        try (TestRun run = row.run.start()) {
            return row.visits.of(run, run.worker("ann")).stream()
                    .map(Gates::kindOf)
                    .map(kind -> Character.isUpperCase(kind.charAt(0)) ? "`" + kind + "`" : kind)
                    .collect(Collectors.joining(", "));
        }
    }

    private static List<Row> qualifications() {
        String asks = "`qualifications`: skilled > 3";
        return List.of(
                new Row(asks, skilled(), "without it", (run, ann) -> List.of(ann.register())),
                new Row(asks, skilled(), "who holds it at 3", (run, ann) -> {
                    grant(run, "ann", "skilled", 3);
                    return List.of(ann.register());
                }),
                new Row(asks, skilled(), "who holds it at 4", (run, ann) -> {
                    grant(run, "ann", "skilled", 4);
                    return List.of(ann.register());
                }),
                new Row(
                        "`block_qualification`: blocked",
                        counting(5).blueprintOption("block_qualification", "blocked"),
                        "who holds it, at whatever value",
                        (run, ann) -> {
                            grant(run, "ann", "blocked", 0);
                            return List.of(ann.register());
                        }));
    }

    private static TestRun.Builder skilled() {
        return counting(5).stateOption("qualifications", List.of(requirement("skilled", "GreaterThan", 3)));
    }

    private static List<Row> limits() {
        return List.of(
                new Row(
                        "`allowed_concurrent`: 1",
                        counting(5).taskOption("allowed_concurrent", 1),
                        "comes twice, hands the first unit in, comes again",
                        (run, ann) -> {
                            SimulatedAgent first = ann.register();
                            SimulatedAgent second = ann.register();
                            first.submit(RIGHT);
                            return List.of(first, second, ann.register());
                        }),
                new Row(
                        "`maximum_units_per_worker`: 1",
                        counting(5).taskOption("maximum_units_per_worker", 1),
                        "hands a unit in and comes again",
                        (run, ann) -> {
                            SimulatedAgent first = ann.register();
                            first.submit(RIGHT);
                            return List.of(first, ann.register());
                        }),
                new Row("one unit", counting(1), "after somebody else has taken it", (run, ann) -> {
                    run.worker("bob").register();
                    return List.of(ann.register());
                }));
    }

    private static List<Row> onboardings() {
        String asks = "onboarding";
        return List.of(
                new Row(asks, onboarding(counting(5)), "passes, and comes again", (run, ann) -> {
                    SimulatedAgent first = ann.register();
                    return List.of(first, first.submitOnboarding(RIGHT), ann.register());
                }),
                new Row(asks, onboarding(counting(5)), "does not pass, and comes again", (run, ann) -> {
                    SimulatedAgent first = ann.register();
                    return List.of(first, first.submitOnboarding(WRONG), ann.register());
                }),
                new Row(asks, onboarding(counting(5)), "who passed it in another run", (run, ann) -> {
                    grant(run, "ann", "onboarded", 1);
                    return List.of(ann.register());
                }),
                new Row(asks, onboarding(counting(1)), "when no unit is free", (run, ann) -> {
                    run.worker("bob").register().submitOnboarding(RIGHT);
                    return List.of(ann.register());
                }),
                new Row(
                        "onboarding",
                        onboarding(counting(1)),
                        "passes while somebody else takes the last unit",
                        (run, ann) -> {
                            SimulatedAgent first = ann.register();
                            run.worker("bob").register().submitOnboarding(RIGHT);
                            return List.of(first, first.submitOnboarding(RIGHT));
                        }),
                new Row(
                        "onboarding whose judge cannot be reached",
                        onboarding(counting(5))
                                .stateOption("validate_onboarding", Map.of("url", "http://127.0.0.1:1/judge")),
                        "submits, and comes again",
                        (run, ann) -> {
                            SimulatedAgent first = ann.register();
                            return List.of(first, first.submitOnboarding(RIGHT), ann.register());
                        }),
                new Row(
                        "onboarding and skilled > 3",
                        onboarding(skilled()),
                        "without skilled",
                        (run, ann) -> List.of(ann.register())));
    }

    private static List<Row> screenings() {
        String asks = "screening, at most 1 unit";
        return List.of(
                new Row(asks, screening(counting(5), 1), "answers right, and comes again", (run, ann) -> {
                    SimulatedAgent first = ann.register();
                    first.submit(RIGHT);
                    return List.of(first, registerOnceJudged(ann));
                }),
                new Row(asks, screening(counting(5), 1), "answers wrong, and comes again", (run, ann) -> {
                    SimulatedAgent first = ann.register();
                    first.submit(WRONG);
                    return List.of(first, registerOnceJudged(ann));
                }),
                new Row(asks, screening(counting(5), 1), "while somebody else is being screened", (run, ann) -> {
                    run.worker("bob").register();
                    return List.of(ann.register());
                }),
                new Row(asks, screening(counting(1), 1), "when no ordinary unit is free", (run, ann) -> {
                    grant(run, "bob", "screened", 1);
                    run.worker("bob").register();
                    return List.of(ann.register());
                }),
                new Row("screening with real units", screening(counting(5), 0), "answers wrong", (run, ann) -> {
                    SimulatedAgent first = ann.register();
                    first.submit(WRONG);
                    return List.of(first, registerOnceJudged(ann));
                }));
    }

    private static List<Row> golds() {
        String asks = "gold units, `min_golds`: 1";
        return List.of(
                new Row(asks, gold(counting(5)), "answers right", (run, ann) -> {
                    SimulatedAgent first = ann.register();
                    first.submit(RIGHT);
                    return List.of(first, registerOnceJudged(ann));
                }),
                new Row(asks, gold(counting(5)), "answers wrong", (run, ann) -> {
                    SimulatedAgent first = ann.register();
                    first.submit(WRONG);
                    return List.of(first, registerOnceJudged(ann));
                }),
                new Row(
                        asks + ", `max_incorrect_golds`: 1",
                        gold(counting(5)).blueprintOption("max_incorrect_golds", 1),
                        "answers wrong, then right three times",
                        (run, ann) -> {
                            SimulatedAgent first = ann.register();
                            first.submit(WRONG);
                            SimulatedAgent second = registerOnceJudged(ann);
                            second.submit(RIGHT);
                            SimulatedAgent third = registerOnceJudged(ann);
                            third.submit(RIGHT);
                            return List.of(first, second, third, registerOnceJudged(ann));
                        }),
                new Row(
                        asks + ", `max_gold_units`: 1",
                        gold(counting(5)).blueprintOption("max_gold_units", 1),
                        "after somebody else has had it",
                        (run, ann) -> {
                            run.worker("bob").register();
                            return List.of(ann.register());
                        }),
                new Row(
                        asks + ", `max_gold_units`: 1",
                        gold(counting(5)).blueprintOption("max_gold_units", 1),
                        "with 1 right and 50 ordinary units done, after somebody else has had it",
                        (run, ann) -> {
                            grant(run, "ann", "g-correct-golds", 1);
                            grant(run, "ann", "g-completed-count", 50);
                            run.worker("bob").register();
                            return List.of(ann.register());
                        }));
    }

    private static Row together() {
        return new Row(
                "onboarding, screening and `maximum_units_per_worker`: 2",
                screening(onboarding(counting(5)), 1).taskOption("maximum_units_per_worker", 2),
                "passes everything",
                (run, ann) -> {
                    SimulatedAgent tried = ann.register();
                    SimulatedAgent screened = tried.submitOnboarding(RIGHT);
                    screened.submit(RIGHT);
                    SimulatedAgent unit = registerOnceJudged(ann);
                    unit.submit(RIGHT);
                    return List.of(tried, screened, unit, ann.register());
                });
    }
}
