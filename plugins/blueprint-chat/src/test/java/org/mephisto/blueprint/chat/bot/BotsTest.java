package org.mephisto.blueprint.chat.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;

/** Bots behind real HTTP servers. */
@Timeout(60)
final class BotsTest {
    private static final String KEY = "sk-very-secret";

    private final TestEndpoint endpoint = new TestEndpoint();
    private final Bots bots = new Bots(name -> name.equals("TEST_KEY") ? KEY : null);

    @AfterEach
    void stop() {
        bots.close();
        endpoint.close();
    }

    private static BotQuestion question(ChatMessage... messages) {
        return new BotQuestion(
                List.of(messages), "Bo", Optional.of("Seller"), Json.object().put("item", "bicycle"));
    }

    private Bot http(double timeoutSeconds) {
        return bots.create(new BotConfig(
                "Bo",
                Optional.empty(),
                Optional.of(endpoint.url() + "/answer?token=hidden"),
                Optional.empty(),
                timeoutSeconds,
                false));
    }

    private Bot openAi(Optional<String> keyVariable) {
        OpenAiConfig openai =
                new OpenAiConfig(endpoint.url() + "/v1/", "small-model", keyVariable, Optional.of("Be friendly."));
        return bots.create(new BotConfig("Bo", Optional.empty(), Optional.empty(), Optional.of(openai), 10, false));
    }

    @Test
    void anEndpointGetsTheWholeChatAndAnswersWithText() throws Exception {
        endpoint.answers(200, "{\"text\": \" Hello Ann \"}");

        BotAnswer answer = http(10).answer(question(new ChatMessage("Ann", "hi", 12.5)));

        assertThat(answer.text()).isEqualTo("Hello Ann");
        assertThat(endpoint.asked().getFirst().path()).isEqualTo("/answer?token=hidden");
        assertThat(endpoint.asked().getFirst().body()).isEqualTo(Json.parse("""
                {"messages": [{"id": "Ann", "text": "hi", "timestamp": 12.5}], "name": "Bo", "role": "Seller",
                 "context": {"item": "bicycle"}}
                """));
    }

    @Test
    void anEndpointMayAskWithAForm() throws Exception {
        endpoint.answers(
                200, "{\"text\": \"Which?\", \"respond_with_form\": [{\"type\": \"text\", \"question\": \"Which?\"}]}");

        BotAnswer answer = http(10).answer(question());

        assertThat(answer.form().at("/0/question").asText()).isEqualTo("Which?");
    }

    @Test
    void anOpenAiEndpointGetsInstructionsAndTheChatAsItsRolesGo() throws Exception {
        endpoint.answers(200, "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"80?\"}}]}");

        BotAnswer answer = openAi(Optional.of("TEST_KEY"))
                .answer(question(
                        new ChatMessage("Ann", "How much?", 1),
                        new ChatMessage("Bo", "100", 2),
                        new ChatMessage("Ann", "60", 3)));

        TestEndpoint.Asked asked = endpoint.asked().getFirst();
        assertThat(answer.text()).isEqualTo("80?");
        assertThat(asked.path()).isEqualTo("/v1/chat/completions");
        assertThat(asked.authorization()).isEqualTo("Bearer " + KEY);
        assertThat(asked.body().path("model").asText()).isEqualTo("small-model");
        assertThat(asked.body().path("messages"))
                .extracting(message -> message.path("role").asText())
                .containsExactly("system", "user", "assistant", "user");
        assertThat(asked.body().at("/messages/0/content").asText())
                .startsWith("Be friendly.")
                .contains("Bo", "Seller", "bicycle");
        assertThat(asked.body().at("/messages/1/content").asText()).isEqualTo("How much?");
    }

    @Test
    void amongSeveralPeopleTheModelIsToldWhoSpeaks() throws Exception {
        endpoint.answers(200, "{\"choices\": [{\"message\": {\"content\": \"ok\"}}]}");

        openAi(Optional.empty()).answer(question(new ChatMessage("Ann", "hi", 1), new ChatMessage("Cem", "hey", 2)));

        assertThat(endpoint.asked().getFirst().body().at("/messages/2/content").asText())
                .isEqualTo("Cem: hey");
        assertThat(endpoint.asked().getFirst().authorization()).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void whatMayPassIsTriedASecondTime(int status) throws Exception {
        endpoint.answers(status, "busy").answers(200, "{\"text\": \"now\"}");

        BotAnswer answer = http(10).answer(question());

        assertThat(answer.text()).isEqualTo("now");
        assertThat(endpoint.asked()).hasSize(2);
    }

    @Test
    void aSecondFailureIsTheEnd() {
        endpoint.answers(500, "broken");

        assertThatThrownBy(() -> http(10).answer(question()))
                .isInstanceOf(BotException.class)
                .hasMessageContaining("HTTP status 500")
                .hasMessageContaining(endpoint.url() + "/answer")
                .hasMessageNotContaining("hidden");
        assertThat(endpoint.asked()).hasSize(2);
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        endpoint.answers(401, "who are you?");

        assertThatThrownBy(() -> openAi(Optional.of("TEST_KEY")).answer(question()))
                .isInstanceOf(BotException.class)
                .hasMessageContaining("HTTP status 401")
                .hasMessageNotContaining(KEY);
        assertThat(endpoint.asked()).hasSize(1);
    }

    @Test
    void aBotThatDoesNotAnswerInTimeHasFailed() {
        endpoint.hangs();

        assertThatThrownBy(() -> http(0.2).answer(question()))
                .isInstanceOf(BotException.class)
                .hasMessageContaining("did not answer within 200 ms");
    }

    @Test
    void aBotThatStopsInTheMiddleOfItsAnswerHasFailed() {
        endpoint.hangsAfter("{\"text\": ");

        assertThatThrownBy(() -> http(0.2).answer(question()))
                .isInstanceOf(BotException.class)
                .hasMessageContaining("did not answer within 200 ms");
        assertThat(endpoint.asked()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[null]",
                "[{\"type\": \"choices\", \"question\": \"x\"}]",
                "[{\"type\": \"choices\", \"question\": \"x\", \"choices\": []}]",
                "[{\"type\": \"choices\", \"question\": \"x\", \"choices\": [{}]}]",
                "[{\"type\": \"text\", \"question\": {\"en\": \"x\"}}]",
                "[{\"type\": \"text\"}]",
                "[{\"type\": \"range\", \"question\": \"x\"}]",
                "{\"type\": \"text\", \"question\": \"x\"}",
                "true"
            })
    void ofAFormThatPagesCannotShowOnlyTheTextIsSaid(String form) throws Exception {
        endpoint.answers(200, "{\"text\": \"Which?\", \"respond_with_form\": " + form + "}");
        Bot bot = http(10);

        BotAnswer answer;
        List<String> warnings;
        try (LogLines log = LogLines.of(HttpBot.class)) {
            bot.answer(question());
            answer = bot.answer(question());
            warnings = log.lines();
        }

        assertThat(answer.text()).isEqualTo("Which?");
        assertThat(answer.form()).isEmpty();
        assertThat(warnings).singleElement().asString().contains("\"Bo\"", "respond_with_form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "null", "[]"})
    void aBotMaySayThatItHasNoForm(String form) throws Exception {
        endpoint.answers(200, "{\"text\": \"Which?\", \"respond_with_form\": " + form + "}");

        try (LogLines log = LogLines.of(HttpBot.class)) {
            assertThat(http(10).answer(question()).form()).isEmpty();
            assertThat(log.lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{\"message\": \"hi\"}", "{\"text\": 3}", "[]"})
    void anAnswerOfAnotherKindHasFailed(String body) {
        endpoint.answers(200, body);

        assertThatThrownBy(() -> http(10).answer(question())).isInstanceOf(BotException.class);
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        endpoint.answers(200, "{\"text\": \"" + "x".repeat(2 * 1024 * 1024) + "\"}");

        assertThatThrownBy(() -> http(10).answer(question())).isInstanceOf(BotException.class);
    }

    @Test
    void allThatIsWrongWithTheBotsIsTold() {
        OpenAiConfig openai = new OpenAiConfig("ftp://somewhere", "m", Optional.of("NO_KEY"), Optional.empty());
        List<BotConfig> configs = List.of(
                new BotConfig("Bo", Optional.empty(), Optional.of("localhost:80"), Optional.of(openai), 1, false),
                new BotConfig("Bo", Optional.empty(), Optional.empty(), Optional.empty(), 1, false));

        List<Problem> problems = Bots.problems(configs, name -> null);

        assertThat(problems)
                .extracting(Problem::path)
                .containsExactly(
                        "mephisto.blueprint.bots[0]",
                        "mephisto.blueprint.bots[0].url",
                        "mephisto.blueprint.bots[0].openai.base_url",
                        "mephisto.blueprint.bots[0].openai.api_key_env",
                        "mephisto.blueprint.bots[1].name",
                        "mephisto.blueprint.bots[1]");
    }
}
