package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.RemoteFunction;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.TestRun;

/** What keeps functions, and the pages that call them, from taking too much. */
final class FunctionLimitsTest extends JavaFunctionFixture {
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private JsonValue awaitReleaseOrInterrupt(JsonValue args, AgentState state) throws InterruptedException {
        try {
            return awaitRelease(args);
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    @Test
    void aFunctionThatTakesTooLongIsInterruptedAndThePageTold() throws Exception {
        try (TestRun run = run(Map.of("slow", this::awaitReleaseOrInterrupt), Map.of("slow", Map.of("timeout", 1)));
                CallingPage page = CallingPage.of(run, "ann")) {
            JsonNode error = page.callInVain("slow", 1);

            assertThat(error.path("code").asText()).isEqualTo("TIMED_OUT");
            assertThat(error.path("message").asText()).contains("\"slow\"", "1.0 s");
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aBusyFunctionSaysSoAndGoesOnLater() throws Exception {
        Map<String, ?> limits = Map.of("slow", Map.of("concurrency", 1, "max_waiting", 1));
        try (TestRun run = run(Map.of("slow", (args, state) -> awaitRelease(args)), limits);
                CallingPage ann = CallingPage.of(run, "ann");
                CallingPage bob = CallingPage.of(run, "bob")) {
            String first = ann.send("slow", 1);
            entered.await();
            ann.send("slow", 2);
            ann.send("slow", 3);
            String refused = ann.nextAnswered();
            JsonNode other = bob.callInVain("slow", 4);
            release.countDown();

            assertThat(refused).isNotEqualTo(first);
            assertThat(other.path("code").asText()).isEqualTo("UNAVAILABLE");
            assertThat(other.path("message").asText()).contains("is busy");
            assertThat(List.of(ann.nextAnswered(), ann.nextAnswered())).contains(first);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void onePageCannotHaveCallsWithoutEnd() throws Exception {
        try (TestRun run = run(Map.of("slow", (args, state) -> awaitRelease(args)));
                CallingPage page = CallingPage.of(run, "ann")) {
            for (int i = 0; i < 101; i++) {
                page.send("call " + i, "slow", "1");
            }

            JsonNode refused = CallingPage.error(page.socket().awaitLiveUpdate());

            assertThat(refused.path("message").asText()).contains("too many calls of this page");
            release.countDown();
        }
    }

    @Test
    void callsEndWhenTheWorkIsSubmitted() throws Exception {
        try (TestRun run = run(Map.of("slow", this::awaitReleaseOrInterrupt));
                CallingPage page = CallingPage.of(run, "ann")) {
            page.send("slow", 1);
            entered.await();

            page.agent().submit(Map.of("label", "good"));

            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            run.worker("bob").register().submit(Map.of());
            run.awaitEnd();
            assertThat(run.rows()).allMatch(row -> row.path("flags").isEmpty());
        }
    }

    @Test
    void aFunctionThatIgnoresItsInterruptDoesNotKeepTheRunFromEnding() throws Exception {
        RemoteFunction deaf = (args, state) -> {
            entered.countDown();
            boolean done = false;
            while (!done) {
                try {
                    release.await();
                    done = true;
                } catch (InterruptedException e) {
                    calls.incrementAndGet();
                }
            }
            return args;
        };
        try (TestRun run = run(Map.of("deaf", deaf));
                CallingPage page = CallingPage.of(run, "ann")) {
            page.send("deaf", 1);
            entered.await();
        } finally {
            release.countDown();
        }
        assertThat(calls.get()).isPositive();
    }
}
