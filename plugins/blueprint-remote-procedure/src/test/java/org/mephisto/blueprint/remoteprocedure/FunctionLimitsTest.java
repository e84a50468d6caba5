package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.RemoteFunction;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.TestRun;

/** What keeps functions, and the pages that call them, from taking too much; and how often a call is made again. */
final class FunctionLimitsTest extends JavaFunctionFixture {
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

    private JsonValue failUnless(int callsBefore, ErrorCode code, JsonValue args) {
        if (calls.getAndIncrement() < callsBefore) {
            throw new MephistoException(code, "The model is not there.");
        }
        return args;
    }

    @Test
    void aFunctionThatSaysThatItIsUnavailableIsCalledAgain() throws Exception {
        RemoteFunction moody = (args, state) -> failUnless(3, ErrorCode.UNAVAILABLE, args);
        try (TestRun run = run(Map.of("moody", moody), Map.of("moody", Map.of("retries", 2)));
                CallingPage page = CallingPage.of(run, "ann")) {
            JsonNode error = page.callInVain("moody", 1);
            int callsInVain = calls.get();
            JsonNode result = page.call("moody", 2);

            assertThat(error.path("code").asText()).isEqualTo("UNAVAILABLE");
            assertThat(error.path("message").asText()).isEqualTo("The model is not there.");
            assertThat(callsInVain).isEqualTo(3);
            assertThat(result.intValue()).isEqualTo(2);
        }
    }

    @Test
    void aFunctionThatFailsOtherwiseIsNotCalledAgain() throws Exception {
        RemoteFunction strict = (args, state) -> failUnless(1, ErrorCode.PLUGIN_FAILED, args);
        try (TestRun run = run(Map.of("strict", strict), Map.of("strict", Map.of("retries", 2)));
                CallingPage page = CallingPage.of(run, "ann")) {
            JsonNode error = page.callInVain("strict", 1);

            assertThat(error.path("code").asText()).isEqualTo("PLUGIN_FAILED");
            assertThat(calls).hasValue(1);
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
