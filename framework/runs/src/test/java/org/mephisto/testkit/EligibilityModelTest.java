package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mephisto.testkit.Gates.RIGHT;
import static org.mephisto.testkit.Gates.WRONG;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.testkit.EligibilityModel.Settings;

/** Random workers in random runs get, visit for visit, what a plain model of the rules says; over real HTTP. */
final class EligibilityModelTest {
    private static final int VISITS = 120;
    private static final List<String> NAMES = List.of("ann", "bob", "cy", "dee", "eve");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void workersGetWhatTheModelSays(long seed) throws Exception {
        Random random = new Random(seed);
        Settings settings = Settings.random(random);
        EligibilityModel model = new EligibilityModel(settings);
        Map<String, Map<String, Integer>> held = new HashMap<>();

        try (TestRun run = builder(settings).start()) {
            Crowd crowd = new Crowd(run, model, random);
            crowd.grantSome();
            for (int i = 0; i < VISITS && !run.run().end().isDone(); i++) {
                crowd.act(i);
            }
            crowd.settle();
            NAMES.forEach(name -> held.put(name, Gates.granted(run, name)));
        }

        NAMES.forEach(name -> assertThat(held.get(name))
                .as("what %s holds, %s", name, settings)
                .isEqualTo(model.holds(name)));
    }

    private static TestRun.Builder builder(Settings settings) {
        TestRun.Builder run = Gates.counting(settings.assignments())
                .blueprintOption("units", settings.unitsEach())
                .taskOption("allowed_concurrent", settings.allowedConcurrent())
                .taskOption("maximum_units_per_worker", settings.maximumPerWorker())
                .taskOption("closing_time_in_seconds", 600);
        if (settings.asksSkill()) {
            run.stateOption("qualifications", List.of(Gates.requirement("skilled", "GreaterThan", 3)));
        }
        if (settings.blocks()) {
            run.blueprintOption("block_qualification", "blocked");
        }
        if (settings.onboards()) {
            Gates.onboarding(run);
        }
        return switch (settings.special()) {
            case NONE -> run;
            case SCREENING -> Gates.screening(run, settings.mostSpecial());
            case SCREENING_BY_REAL_UNITS -> Gates.screening(run, 0);
            case GOLD ->
                Gates.gold(run)
                        .blueprintOption("max_gold_units", settings.mostSpecial())
                        .blueprintOption("min_golds", settings.minGolds())
                        .blueprintOption("max_incorrect_golds", settings.maxIncorrectGolds());
        };
    }

    /** Does the same to the run and to the model, and writes down what both say. */
    private static final class Crowd {
        private final TestRun run;
        private final EligibilityModel model;
        private final Random random;
        private final Set<String> begun = new HashSet<>();
        private final List<String> before = new ArrayList<>();
        private final Map<String, List<Held>> holding = new HashMap<>();

        Crowd(TestRun run, EligibilityModel model, Random random) {
            this.run = run;
            this.model = model;
            this.random = random;
        }

        /** A page that is open. */
        private record Held(String visit, SimulatedAgent agent, String kind) {}

        void act(int number) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            List<Held> pages = holding.computeIfAbsent(name, each -> new ArrayList<>());
            int dice = random.nextInt(10);
            if (dice == 0) {
                grant(name);
            } else if (dice < 5 || pages.isEmpty()) {
                String visit = "v" + number;
                register(name, visit, pages);
            } else if (dice == 5) {
                register(name, pages.getFirst().visit(), new ArrayList<>());
            } else {
                before.add(name + " submits");
                submit(name, pages.remove(random.nextInt(pages.size())), pages);
            }
        }

        void grantSome() {
            NAMES.forEach(name -> grant(name, "skilled", 3 + random.nextInt(4)));
        }

        private void grant(String name) {
            boolean blocks = random.nextInt(6) == 0;
            grant(name, blocks ? "blocked" : "skilled", 3 + random.nextInt(4));
        }

        private void grant(String name, String qualification, int value) {
            model.grant(name, qualification, value);
            Gates.grant(run, name, qualification, value);
        }

        private void register(String name, String visit, List<Held> pages) {
            compare(name, visit, registerOnceJudged(name, visit), model.register(name, visit), pages);
        }

        private SimulatedAgent registerOnceJudged(String name, String visit) {
            while (true) {
                SimulatedAgent agent = run.worker(name).register(visit);
                if (!agent.failureReason().equals(Optional.of(FailureReason.BEING_JUDGED.sentence()))) {
                    return agent;
                }
            }
        }

        private void submit(String name, Held page, List<Held> pages) {
            boolean isRight = random.nextInt(4) > 0;
            if (page.kind().equals("onboarding")) {
                SimulatedAgent next = page.agent().submitOnboarding(isRight ? RIGHT : WRONG);
                String visit = firstVisitOf(page, pages);
                pages.removeIf(other -> other.kind().equals("onboarding"));
                compare(name, visit, next, model.submitOnboarding(name, visit, isRight), pages);
            } else {
                page.agent().submit(isRight ? RIGHT : WRONG);
                model.submit(name, page.kind(), isRight);
                awaitJudged(name);
            }
        }

        /** All pages of one onboarding are the same agent; the unit goes to the visit that began it. */
        private static String firstVisitOf(Held page, List<Held> others) {
            return others.stream()
                    .filter(other -> other.kind().equals("onboarding"))
                    .map(Held::visit)
                    .reduce(page.visit(), (one, other) -> number(one) < number(other) ? one : other);
        }

        private static int number(String visit) {
            return Integer.parseInt(visit.substring(1));
        }

        /** A grant by the judge must not come after one by the test. */
        private void awaitJudged(String name) {
            while (!Gates.granted(run, name).equals(model.holds(name))) {
                Thread.onSpinWait();
            }
        }

        private void compare(String name, String visit, SimulatedAgent got, String said, List<Held> pages) {
            String kind = describe(got);
            assertThat(kind)
                    .as("what %s gets at %s; %s, %s", name, visit, model.settings, before)
                    .isEqualTo(said);
            before.add(name + " " + visit + ": " + kind);
            if (kind.equals("a unit") && begun.add(got.agentId())) {
                int number = got.initTaskData().path("number").asInt();
                assertThat(model.took(name, number))
                        .as("%s may have unit %s", name, number)
                        .isTrue();
            }
            if (got.hasUnit()) {
                pages.add(new Held(visit, got, kind));
            }
        }

        private static String describe(SimulatedAgent agent) {
            String kind = Gates.kindOf(agent);
            return kind.equals("a gold unit")
                    ? kind + " " + agent.initTaskData().path("gold").asInt()
                    : kind;
        }

        void settle() {
            NAMES.forEach(this::awaitJudged);
        }
    }
}
