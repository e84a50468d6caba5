package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.TestRun;

/** Functions that are programs, with a real one. */
final class CommandFunctionTest extends CommandFunctionFixture {
    @Test
    void theProgramGetsACallOnALineAndItsAnswerIsTheResult() throws Exception {
        try (TestRun run = run(Map.of());
                CallingPage page = CallingPage.of(run, "ann")) {
            page.send("id 1", "model", "{\"text\":\"two\\nlines, ü\"}");

            JsonNode answer = page.answer("id 1");

            assertThat(Json.parse(answer.path("response").textValue()))
                    .isEqualTo(Json.parse(
                            "{\"target\":\"model\",\"args\":{\"text\":\"two\\nlines, ü\"},\"request_id\":\"id 1\"}"));
        }
    }

    @Test
    void oneProgramServesTheWholeRunAndEndsWithIt() throws Exception {
        try (TestRun run = run(Map.of());
                CallingPage ann = CallingPage.of(run, "ann");
                CallingPage bob = CallingPage.of(run, "bob")) {
            ann.call("model", 1);
            bob.call("model", 2);
            ann.agent().submit(Map.of());
            bob.agent().submit(Map.of());

            run.awaitEnd();

            assertThat(task.resolve("program.log")).hasContent("begun\nended");
        }
    }

    @Test
    void callsAreAnsweredInTheOrderInWhichTheProgramIsDone() throws Exception {
        try (TestRun run = run(Map.of());
                CallingPage ann = CallingPage.of(run, "ann");
                CallingPage bob = CallingPage.of(run, "bob")) {
            ann.send("same id", "model", "{\"do\":\"hold\",\"who\":\"ann\"}");
            ann.call("model", 0);
            bob.send("same id", "model", "{\"do\":\"hold\",\"who\":\"bob\"}");
            bob.call("model", 0);

            ann.call("model", tell("release"));

            assertThat(ann.answer("same id").path("response").textValue()).contains("ann");
            assertThat(bob.answer("same id").path("response").textValue()).contains("bob");
        }
    }

    @Test
    void whatTheProgramCallsAnErrorIsOne() throws Exception {
        try (TestRun run = run(Map.of());
                CallingPage page = CallingPage.of(run, "ann")) {
            JsonNode failed = page.callInVain("model", tell("fail"));
            JsonNode empty = page.callInVain("model", tell("say nothing"));

            assertThat(failed.path("message").asText()).isEqualTo("Nothing is drawn.");
            assertThat(empty.path("message").asText()).isEqualTo("The function \"model\" has failed.");
        }
    }

    @Test
    void aLineThatIsNoAnswerHarmsNothing() throws Exception {
        try (TestRun run = run(Map.of());
                CallingPage page = CallingPage.of(run, "ann")) {
            assertThat(page.call("model", tell("talk")).textValue()).isEqualTo("after all");
        }
    }

    @Test
    void aProgramThatDiesFailsItsCallsAndIsStartedAgain() throws Exception {
        try (TestRun run = run(Map.of("retries", 0));
                CallingPage page = CallingPage.of(run, "ann")) {
            String held = page.send("model", tell("hold"));
            page.call("model", 1);

            JsonNode died = page.callInVain("model", tell("die"));
            JsonNode owed = CallingPage.error(page.answer(held));
            JsonNode later = page.call("model", 2);

            assertThat(died.path("code").asText()).isEqualTo("UNAVAILABLE");
            assertThat(died.path("message").asText()).contains("has stopped working");
            assertThat(owed).isEqualTo(died);
            assertThat(later.path("args").intValue()).isEqualTo(2);
            assertThat(task.resolve("program.log")).hasContent("begun\nbegun");
        }
    }

    @Test
    void aCallAtWhichTheProgramDiesIsMadeAgainAsOftenAsConfigured() throws Exception {
        try (TestRun run = run(Map.of("retries", 2));
                CallingPage page = CallingPage.of(run, "ann")) {
            JsonNode result = page.call("model", tell("die twice"));

            assertThat(result.textValue()).isEqualTo("alive");
            assertThat(task.resolve("program.log")).hasContent("begun\nbegun\nbegun");
        }
    }

    @Test
    void aProgramThatDoesNotAnswerTimesOut() throws Exception {
        try (TestRun run = run(List.of("sleep", "60"), Map.of("timeout", 0.3));
                CallingPage page = CallingPage.of(run, "ann")) {
            assertThat(page.callInVain("model", tell("hold")).path("code").asText())
                    .isEqualTo("TIMED_OUT");
        }
    }

    @Test
    void aCallThatTheProgramDoesNotReadTimesOutAndHoldsNoAnswerUp() throws Exception {
        try (TestRun run = run(Map.of("timeout", 5));
                CallingPage page = CallingPage.of(run, "ann")) {
            String first = page.send("model", tell("read no further"));
            String large = page.send("model", "x".repeat(300 << 10));
            String behind = page.send("model", 3);

            JsonNode answer = page.answer(first);
            List<JsonNode> unread =
                    List.of(CallingPage.error(page.answer(large)), CallingPage.error(page.answer(behind)));

            assertThat(answer.path("response").textValue()).isEqualTo("\"read one character more\"");
            assertThat(unread).extracting(error -> error.path("code").asText()).containsOnly("TIMED_OUT");
        }
    }

    @Test
    void aProgramThatCannotStayUpKeepsNoCallWaitingForEver() throws Exception {
        try (TestRun run = run(List.of("false"), Map.of("timeout", 0.3));
                CallingPage page = CallingPage.of(run, "ann")) {
            assertThat(page.callInVain("model", 1).path("code").asText()).isIn("TIMED_OUT", "UNAVAILABLE");
        }
    }
}
