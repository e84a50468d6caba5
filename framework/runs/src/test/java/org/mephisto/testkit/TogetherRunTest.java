package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.operator.RunEnd;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AgentUpdate;
import org.mephisto.spi.blueprint.AssignmentSession;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.json.JsonValue;

/** Workers whose units run together, over real sockets. */
@Timeout(120)
class TogetherRunTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Passes on what anybody says, until somebody says that it is enough. */
    private static UnitOutcome relay(AssignmentSession session) throws InterruptedException {
        while (true) {
            AgentUpdate next = session.awaitAny(session.agents(), LONG).orElseThrow();
            String text = next.update().data().string("text").orElse("");
            for (Agent other : session.agents()) {
                if (other != next.agent()) {
                    other.observe(JsonValue.of(Map.of("text", text)));
                }
            }
            if (text.equals("enough")) {
                return UnitOutcome.completed();
            }
        }
    }

    private static TestRun.Builder relayOfTwo() {
        return TestRun.of(LiveBlueprintFactory.together(2, TogetherRunTest::relay));
    }

    private static List<String> statuses(TestRun run) {
        return run.rows().stream().map(row -> row.path("status").asText()).toList();
    }

    @Test
    void twoWaitUntilBothAreThereAndThenTalkToTheEnd() throws Exception {
        try (TestRun run = relayOfTwo().blueprintOption("assignments", 1).start()) {
            SimulatedAgent ann = run.worker("ann").register();
            SimulatedPage annsPage = ann.openPage();
            annsPage.awaitStatus("waiting");
            SimulatedAgent bob = run.worker("bob").register();
            SimulatedPage bobsPage = bob.openPage();
            annsPage.awaitStatus("in task");

            annsPage.sendLiveUpdate(Map.of("text", "hello"));
            assertThat(bobsPage.awaitLiveUpdate().path("text").asText()).isEqualTo("hello");
            bobsPage.sendLiveUpdate(Map.of("text", "enough"));
            assertThat(annsPage.awaitLiveUpdate().path("text").asText()).isEqualTo("enough");
            ann.submit(Map.of("by", "ann"));
            bob.submit(Map.of("by", "bob"));
            run.awaitEnd();

            assertThat(run.rows())
                    .extracting((ObjectNode row) -> row.at("/outputs/by").asText())
                    .containsExactly("ann", "bob");
        }
    }

    @Test
    void aRunEndsAtOnceWhereTheLimitLeavesNoRoomForAllOfAnAssignment() throws Exception {
        try (TestRun run =
                relayOfTwo().taskOption("max_num_concurrent_units", 1).start()) {
            assertThat(run.awaitEnd()).isEqualTo(RunEnd.LAUNCH_FAILED);
        }
    }

    @Test
    void nobodyWorksWithThemselves() throws Exception {
        try (TestRun run = relayOfTwo().blueprintOption("assignments", 1).start()) {
            run.worker("ann").register();

            SimulatedAgent again = run.worker("ann").register();

            assertThat(again.failureCode()).contains("NO_AVAILABLE_UNITS");
        }
    }

    @Test
    void workCannotBeSubmittedBeforeItHasBegun() throws Exception {
        try (TestRun run = relayOfTwo().start()) {
            SimulatedAgent ann = run.worker("ann").register();

            SimulatedWorker.Answer answer = ann.trySubmit(Map.of("early", true));

            assertThat(answer.status()).isEqualTo(409);
        }
    }

    @Test
    void whenAPartnerLeavesTheOthersAreToldAndPaid() throws Exception {
        try (TestRun run = relayOfTwo()
                .blueprintOption("assignments", 1)
                .taskOption("disconnect_after_in_seconds", 2)
                .start()) {
            SimulatedAgent ann = run.worker("ann").register("visit");
            SimulatedPage annsPage = ann.openPage();
            SimulatedPage bobsPage = run.worker("bob").register().openPage();
            annsPage.awaitStatus("in task");
            bobsPage.cut();

            Beating alive = Beating.of(annsPage);
            annsPage.awaitStatus("partner disconnect");
            alive.end();
            boolean endedBefore = run.run().awaitEnd(Duration.ofSeconds(2));
            SimulatedAgent reloaded = run.worker("ann").register("visit");
            ann.submit(Map.of("goodbye", true));
            run.awaitEnd();

            assertThat(endedBefore).isFalse();
            assertThat(reloaded.agentId()).isEqualTo(ann.agentId());
            assertThat(statuses(run)).containsExactly("completed", "expired");
            ObjectNode row = run.rows().getFirst();
            assertThat(row.at("/outputs/goodbye").asBoolean()).isTrue();
            assertThat(row.at("/metadata/late").isMissingNode()).isTrue();
        }
    }

    @Test
    void whoIsLeftAloneAndHandsInNothingIsWaitedForAsLongAsAnybodyElse() throws Exception {
        try (TestRun run = relayOfTwo()
                .blueprintOption("assignments", 1)
                .taskOption("disconnect_after_in_seconds", 2)
                .taskOption("submission_timeout", 3)
                .start()) {
            SimulatedPage annsPage = run.worker("ann").register().openPage();
            SimulatedPage bobsPage = run.worker("bob").register().openPage();
            annsPage.awaitStatus("in task");
            bobsPage.cut();
            Beating alive = Beating.of(annsPage);
            annsPage.awaitStatus("partner disconnect");
            alive.end();

            boolean endedBefore = run.run().awaitEnd(Duration.ofSeconds(1));
            run.awaitEnd();

            assertThat(endedBefore).isFalse();
            assertThat(statuses(run)).containsExactly("completed", "expired");
        }
    }

    /** Has the page say that it is there until its end. */
    private record Beating(AtomicBoolean isOver, Thread thread) {
        static Beating of(SimulatedPage page) {
            AtomicBoolean isOver = new AtomicBoolean();
            Thread thread = Thread.ofVirtual().start(() -> {
                while (!isOver.get()) {
                    page.heartbeat();
                }
            });
            return new Beating(isOver, thread);
        }

        void end() throws InterruptedException {
            isOver.set(true);
            thread.join();
        }
    }

    @Test
    void codeMayGoOnWithoutWhoHasLeft() throws Exception {
        LiveBlueprintFactory goingOn = LiveBlueprintFactory.together(2, session -> {
            Collection<Agent> left = session.agents();
            try {
                session.awaitAny(session.agents(), LONG);
            } catch (AbsentAgentException e) {
                left = session.agents().stream()
                        .filter(agent -> !agent.id().equals(e.agentId()))
                        .toList();
            }
            Optional<AgentUpdate> last = session.awaitAny(left, LONG);
            last.orElseThrow().agent().observe(JsonValue.of(Map.of("alone", true)));
            return UnitOutcome.completed();
        });
        try (TestRun run = TestRun.of(goingOn)
                .blueprintOption("assignments", 1)
                .taskOption("disconnect_after_in_seconds", 2)
                .start()) {
            SimulatedAgent ann = run.worker("ann").register();
            SimulatedPage annsPage = ann.openPage();
            SimulatedPage bobsPage = run.worker("bob").register().openPage();
            bobsPage.awaitStatus("in task");
            Beating alive = Beating.of(annsPage);
            bobsPage.awaitStatus("disconnect");

            annsPage.sendLiveUpdate(Map.of("text", "are you there?"));

            assertThat(annsPage.awaitLiveUpdate().path("alone").asBoolean()).isTrue();
            alive.end();
            ann.submit(Map.of("done", true));
            run.awaitEnd();
            assertThat(statuses(run)).containsExactly("completed", "expired");
        }
    }

    @Test
    void theUnitOfAWaitingPartnerWhoLeavesIsTheNextToBeGivenOut() throws Exception {
        try (TestRun run = relayOfTwo()
                .blueprintOption("assignments", 3)
                .taskOption("disconnect_after_in_seconds", 2)
                .start()) {
            SimulatedPage annsPage = run.worker("ann").register().openPage();
            annsPage.awaitStatus("disconnect");

            SimulatedAgent bob = run.worker("bob").register();
            SimulatedAgent cid = run.worker("cid").register();

            assertThat(bob.initTaskData().path("number").asInt()).isZero();
            assertThat(cid.initTaskData().path("number").asInt()).isZero();
            bob.openPage().awaitStatus("in task");
        }
    }
}
