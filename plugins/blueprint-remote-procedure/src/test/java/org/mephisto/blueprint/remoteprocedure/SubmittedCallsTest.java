package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.TestRun;

/** Calls that are under way when their worker submits. */
final class SubmittedCallsTest extends JavaFunctionFixture {
    @Test
    void theyEndAndAreAnsweredWithAnErrorToThePageAndInTheExport() throws Exception {
        try (TestRun run = run(Map.of("slow", this::awaitReleaseOrInterrupt));
                CallingPage page = CallingPage.of(run, "ann")) {
            run.worker("bob").register().submit(Map.of());
            page.send("r1", "slow", "1");
            entered.await();

            page.agent().submit(Map.of("label", "good"));
            JsonNode error = CallingPage.error(page.answer("r1"));
            run.awaitEnd();

            JsonNode row = run.rows().stream()
                    .filter(each -> each.path("worker_name").asText().equals("ann"))
                    .findFirst()
                    .orElseThrow();
            JsonNode requests = row.at("/outputs/requests");
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(error.path("code").asText()).isEqualTo("CONFLICT");
            assertThat(error.path("message").asText())
                    .isEqualTo("The work was submitted before the function \"slow\" had answered.");
            assertThat(requests).hasSize(2);
            assertThat(requests.at("/1/target").asText()).isEqualTo("r1");
            assertThat(Json.parse(requests.at("/1/response_json").textValue()).path("error"))
                    .isEqualTo(error);
            assertThat(row.path("flags")).isEmpty();
        }
    }

    @Test
    void thoseThatNobodyHadTakenAreAnsweredToo() throws Exception {
        ReturningAgent agent = new ReturningAgent(List.of());
        Functions none = Functions.of(Map.of(), Map.of(), task);
        agent.submit();
        agent.receiveAtLast(RestartTest.call("u1", "r1"));

        new PageCalls(agent, none).run();

        JsonNode answer = agent.nextSaid().node();
        assertThat(answer.path("handles").asText()).isEqualTo("r1");
        assertThat(CallingPage.error(answer).path("code").asText()).isEqualTo("CONFLICT");
    }
}
