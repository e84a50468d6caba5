package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hundreds of workers at once, who register, reload, submit and submit again at random, in runs of random shape. Whatever the order: no
 * unit is held by two, nobody gets two units of an assignment, nobody exceeds a limit, and every submission that was answered is there.
 */
final class RegistrationRaceTest {
    private static final int WORKERS = 300;
    private static final int VISITS = 4;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noRuleIsBrokenWhateverTheOrder(long seed) throws Exception {
        Random random = new Random(seed);
        int unitsPerAssignment = 1 + random.nextInt(3);
        int allowedConcurrent = random.nextInt(3);
        int maximumPerWorker = random.nextInt(4);
        try (TestRun run = TestRun.of(new CountingBlueprintFactory())
                .blueprintOption("assignments", 50 + random.nextInt(200))
                .blueprintOption("units", unitsPerAssignment)
                .taskOption("allowed_concurrent", allowedConcurrent)
                .taskOption("maximum_units_per_worker", maximumPerWorker)
                .taskOption("max_num_concurrent_units", random.nextBoolean() ? 0 : 40)
                .start()) {
            Crowd crowd = new Crowd(run, allowedConcurrent);

            crowd.work(seed);

            assertThat(crowd.problems).isEmpty();
            assertKept(run.rows(), crowd, maximumPerWorker);
        }
    }

    private static void assertKept(List<ObjectNode> rows, Crowd crowd, int maximumPerWorker) {
        Set<String> workerAssignments = new HashSet<>();
        Map<String, Integer> perWorker = new java.util.HashMap<>();
        Set<Long> submittedUnits = new HashSet<>();
        for (ObjectNode row : rows) {
            if (row.path("status").asText().equals("completed")) {
                String worker = row.path("worker_name").asText();
                assertThat(workerAssignments.add(
                                worker + "/" + row.path("assignment_id").asLong()))
                        .as("%s got two units of an assignment", worker)
                        .isTrue();
                perWorker.merge(worker, 1, Integer::sum);
                submittedUnits.add(row.path("agent_id").asLong());
            }
        }
        if (maximumPerWorker > 0) {
            assertThat(perWorker.values()).allMatch(count -> count <= maximumPerWorker);
        }
        assertThat(submittedUnits).containsExactlyInAnyOrderElementsOf(crowd.submitted);
        assertThat(crowd.holders.values()).allMatch(holders -> holders.get() == 1);
    }

    /** Many workers, each with several pages open at once. */
    private static final class Crowd {
        private final TestRun run;
        private final int allowedConcurrent;
        private final Map<String, AtomicInteger> held = new ConcurrentHashMap<>();
        private final Map<Long, AtomicInteger> holders = new ConcurrentHashMap<>();
        private final Queue<String> problems = new ConcurrentLinkedQueue<>();
        private final Set<Long> submitted = ConcurrentHashMap.newKeySet();

        Crowd(TestRun run, int allowedConcurrent) {
            this.run = run;
            this.allowedConcurrent = allowedConcurrent;
        }

        void work(long seed) throws Exception {
            try (ExecutorService pages = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> done = new ArrayList<>();
                for (int i = 0; i < WORKERS * VISITS; i++) {
                    String name = "w" + i % WORKERS;
                    long own = seed * 31 + i;
                    done.add(pages.submit(() -> visit(run.worker(name), "v" + own, new Random(own))));
                }
                for (Future<?> each : done) {
                    each.get();
                }
            }
        }

        private void visit(SimulatedWorker worker, String visitId, Random random) {
            SimulatedAgent agent = worker.register(visitId);
            if (!agent.hasUnit()) {
                return;
            }
            AtomicInteger holding = held.computeIfAbsent(worker.name(), name -> new AtomicInteger());
            int now = holding.incrementAndGet();
            if (allowedConcurrent > 0 && now > allowedConcurrent) {
                problems.add(worker.name() + " holds " + now + " units");
            }
            holders.computeIfAbsent(rowId(agent), id -> new AtomicInteger()).incrementAndGet();
            if (random.nextInt(3) == 0 && !worker.register(visitId).agentId().equals(agent.agentId())) {
                problems.add(worker.name() + " got another agent after a reload");
            }
            holding.decrementAndGet();
            if (random.nextInt(10) > 0) {
                agent.submit(Map.of("label", "good", "visit", visitId));
                submitted.add(rowId(agent));
                if (random.nextInt(3) == 0) {
                    agent.submit(Map.of("label", "second"));
                }
            }
        }

        private static long rowId(SimulatedAgent agent) {
            return Long.parseLong(agent.agentId().substring(0, agent.agentId().indexOf('-')));
        }
    }
}
