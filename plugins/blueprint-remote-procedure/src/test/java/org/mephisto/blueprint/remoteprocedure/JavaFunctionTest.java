package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.RemoteFunction;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.TestRun;

/** What holds for functions of every kind, shown with Java functions. */
final class JavaFunctionTest extends JavaFunctionFixture {
    @Test
    void aFunctionGetsWhatThePageGivesAndItsResultComesBack() throws Exception {
        RemoteFunction greet = (args, state) -> JsonValue.of("Hello "
                + args.node().path("name").asText() + ", on "
                + state.initData().node().at("/task_data/text").asText());
        try (TestRun run = run(Map.of("greet", greet));
                CallingPage page = CallingPage.of(run, "ann")) {
            JsonNode result = page.call("greet", Map.of("name", "Ann"));

            assertThat(result.textValue()).isEqualTo("Hello Ann, on first");
        }
    }

    @Test
    void argumentsAndResultsMayBeOfAnyKind() throws Exception {
        try (TestRun run = run(Map.of("same", (args, state) -> same(args)));
                CallingPage page = CallingPage.of(run, "ann")) {
            for (String json : List.of("null", "7", "\"text\"", "[1,{\"a\":[]}]", "{}")) {
                assertThat(page.call("same", Json.parse(json))).isEqualTo(Json.parse(json));
            }
            page.socket().sendLiveUpdate(Map.of("request_id", "bare", "target", "same"));

            assertThat(page.answer("bare").path("response").textValue()).isEqualTo("null");
        }
    }

    @Test
    void aReloadedPageAndTheExportHaveEveryCallAndItsAnswer() throws Exception {
        try (TestRun run = run(Map.of("same", (args, state) -> same(args)))) {
            SimulatedAgent agent = run.worker("ann").register("visit");
            try (CallingPage page = CallingPage.of(agent)) {
                page.call("same", List.of(1));
            }

            JsonNode previous =
                    run.worker("ann").register("visit").initTaskData().path("previous_requests");
            agent.submit(Map.of("label", "good"));
            run.worker("bob").register().submit(Map.of());
            run.awaitEnd();

            JsonNode exported = run.rows().getFirst().at("/outputs/requests");
            assertThat(previous).hasSize(2);
            assertThat(previous.at("/0/args_json").asText()).isEqualTo("[1]");
            assertThat(previous.at("/1/response_json").asText()).isEqualTo("[1]");
            assertThat(previous.at("/1/target")).isEqualTo(previous.at("/0/uuid"));
            assertThat(exported).isEqualTo(previous);
        }
    }

    @Test
    void aSlowCallKeepsNoOtherWaiting() throws Exception {
        try (TestRun run =
                        run(Map.of("slow", (args, state) -> awaitRelease(args), "same", (args, state) -> same(args)));
                CallingPage page = CallingPage.of(run, "ann")) {
            String slow = page.send("slow", 1);
            String fast = page.send("same", 2);

            String first = page.nextAnswered();
            release.countDown();
            String second = page.nextAnswered();

            assertThat(List.of(first, second)).containsExactly(fast, slow);
        }
    }

    @Test
    void anUnknownFunctionIsAnsweredWithThoseThereAre() throws Exception {
        try (TestRun run = run(Map.of("classify", (args, state) -> args, "draw", (args, state) -> args));
                CallingPage page = CallingPage.of(run, "ann")) {
            JsonNode error = page.callInVain("clasify", 1);

            assertThat(error.path("code").asText()).isEqualTo("NOT_FOUND");
            assertThat(error.path("message").asText())
                    .isEqualTo("There is no function \"clasify\". There are: classify, draw.");
        }
    }

    @Test
    void argumentsThatAreNoJsonAreRefused() throws Exception {
        try (TestRun run = run(Map.of("same", (args, state) -> same(args)));
                CallingPage page = CallingPage.of(run, "ann")) {
            page.send("broken", "same", "{not json");

            JsonNode error = CallingPage.error(page.answer("broken"));

            assertThat(error.path("code").asText()).isEqualTo("INVALID_INPUT");
            assertThat(calls).hasValue(0);
        }
    }

    @Test
    void whatAFunctionThrowsIsNotShownUnlessItIsMeantToBe() throws Exception {
        RemoteFunction broken = (args, state) -> {
            throw new IOException("secret path");
        };
        RemoteFunction endless = (args, state) -> {
            throw new StackOverflowError();
        };
        RemoteFunction strict = (args, state) -> {
            throw new MephistoException(ErrorCode.INVALID_INPUT, "Draw something first.");
        };
        try (TestRun run = run(Map.of("broken", broken, "endless", endless, "strict", strict));
                CallingPage page = CallingPage.of(run, "ann")) {
            assertThat(page.callInVain("broken", 1).toString())
                    .contains("PLUGIN_FAILED", "The function \\\"broken\\\" has failed.")
                    .doesNotContain("secret");
            assertThat(page.callInVain("endless", 1).path("code").asText()).isEqualTo("PLUGIN_FAILED");
            assertThat(page.callInVain("strict", 1).path("message").asText()).isEqualTo("Draw something first.");
        }
    }

    @Test
    void aCallThatComesAgainIsAnsweredAgainButNotRunAgain() throws Exception {
        try (TestRun run = run(Map.of("same", (args, state) -> same(args)));
                CallingPage page = CallingPage.of(run, "ann")) {
            page.send("once", "same", "[1]");
            final JsonNode first = page.answer("once");
            page.socket().cut();
            page.socket().reconnect();

            page.send("once", "same", "[1]");
            JsonNode second = page.socket()
                    .awaitLiveUpdate(update -> !update.path("update_id").equals(first.path("update_id")));

            assertThat(second.path("handles").asText()).isEqualTo("once");
            assertThat(second.path("response")).isEqualTo(first.path("response"));
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void aCallThatComesAgainWhileItRunsIsRunOnce() throws Exception {
        try (TestRun run =
                        run(Map.of("slow", (args, state) -> awaitRelease(args), "same", (args, state) -> same(args)));
                CallingPage page = CallingPage.of(run, "ann")) {
            page.send("once", "slow", "1");
            entered.await();
            page.send("once", "slow", "1");
            page.call("same", 1);
            release.countDown();

            page.answer("once");

            page.call("same", 2);
            assertThat(page.socket().hasLiveUpdate()).isFalse();
            assertThat(calls).hasValue(3);
        }
    }

    @Test
    void whatIsNoCallHarmsNothing() throws Exception {
        try (TestRun run = run(Map.of("same", (args, state) -> same(args)));
                CallingPage page = CallingPage.of(run, "ann")) {
            page.socket().sendLiveUpdate(Map.of("text", "hello"));
            page.socket().sendLiveUpdate(Map.of("request_id", "no target"));

            assertThat(CallingPage.error(page.answer("no target")).path("code").asText())
                    .isEqualTo("NOT_FOUND");
            assertThat(page.call("same", 5).intValue()).isEqualTo(5);
        }
    }
}
