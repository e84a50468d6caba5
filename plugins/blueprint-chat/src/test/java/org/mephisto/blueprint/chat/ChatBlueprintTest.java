package org.mephisto.blueprint.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.ParsedData;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.TestContext;

@SuppressWarnings("NullAway.Init")
final class ChatBlueprintTest extends ChatBlueprintFixture {
    @TempDir
    private Path page;

    @Test
    void theServiceFileNamesBothFactories() {
        assertThat(ServiceLoader.load(BlueprintFactory.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .map(BlueprintFactory::type))
                .contains("chat", "parlai_chat");
    }

    @Test
    void aCountAloneMakesConversationsAboutNothing() {
        try (Blueprint blueprint = create("{\"num_conversations\": 3, \"participants\": 4}")) {
            List<AssignmentData> assignments = blueprint.assignments().toList();

            assertThat(assignments).hasSize(3).allSatisfy(each -> {
                assertThat(each.unitData()).hasSize(4);
                assertThat(each.shared().node()).isEmpty();
            });
            assertThat(initData(blueprint, assignments.getFirst(), 0))
                    .isEqualTo(Json.parse("{\"task_data\": {}, \"past_live_updates\": []}"));
        }
    }

    @Test
    void chatsThatCouldNeverBeginAreAMistake() {
        TestContext context = TestContext.of(factory, folder, "{num_conversations: 1, participants: 3}");

        assertThatThrownBy(() -> factory.create(new LimitedContext(context, 2)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mephisto.task.max_num_concurrent_units: \"2\" is fewer than the 3 people");
        factory.create(new LimitedContext(context, 3)).close();
        factory.create(new LimitedContext(context, 0)).close();
    }

    @Test
    void thePageIsOursWithTheTasksDescription() throws IOException {
        try (Blueprint blueprint = create("{\"num_conversations\": 1}")) {
            blueprint.taskBuilder().buildInDir(page);

            assertThat(page.resolve("index.html")).content().contains("<title>Judge &lt;this&gt;</title>", "chat.js");
            assertThat(page.resolve("chat.js")).exists();
            assertThat(page.resolve("task_description.html")).hasContent("<p>One &amp; all</p>");
            assertThat(blueprint.frontendArgs())
                    .containsEntry("chat_title", "Judge <this>")
                    .containsEntry("task_description", "<p>One &amp; all</p>")
                    .containsEntry("has_preview", false)
                    .containsEntry("frame_height", 650)
                    .containsEntry("block_mobile", true)
                    .containsKey("frontend_task_opts")
                    .doesNotContainKey("preview_html");
        }
    }

    @Test
    void aBundleOfTheUsersTakesThePlaceOfThePage() throws IOException {
        Files.writeString(folder.resolve("chat-bundle.js"), "mine");
        Files.writeString(folder.resolve("about.html"), "<b>About</b>");
        Files.writeString(folder.resolve("preview.html"), "<i>Look</i>");
        try (Blueprint blueprint = create("""
                {"num_conversations": 1, "custom_source_bundle": "chat-bundle.js", "task_description_file": "about.html",
                 "preview_source": "preview.html"}
                """)) {
            blueprint.taskBuilder().buildInDir(page);

            assertThat(page.resolve("bundle.js")).hasContent("mine");
            assertThat(page.resolve("notif.mp3")).isNotEmptyFile();
            assertThat(page.resolve("index.html"))
                    .content()
                    .contains("bundle.js")
                    .doesNotContain("chat.js");
            assertThat(page.resolve("preview.html")).hasContent("<i>Look</i>");
            assertThat(blueprint.frontendArgs())
                    .containsEntry("task_description", "<b>About</b>")
                    .containsEntry("has_preview", true)
                    .containsEntry("preview_html", "<i>Look</i>");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                        | num_conversations      | nothing to talk about
            {"num_conversations": 1, "world_file": "world.py"}                        | world_file             | turn_order, max_turns
            {"num_conversations": 1, "custom_source_dir": "webapp"}                   | custom_source_dir      | custom_source_bundle
            {"num_conversations": 1, "participants": 1}                               | participants           | nobody to talk with
            {"num_conversations": 1, "roles": ["A"]}                                  | roles                  | 1 roles for 2
            {"num_conversations": 1, "roles": ["System", "B"]}                        | roles                  | "System" is the name
            {"num_conversations": 1, "participants": 3, "roles": ["A", "A", "A 2"]}   | roles                  | called "A 2"
            {"num_conversations": 1, "bots": [{"name": "Person 1", "url": "http://x"}]} | bots                 | "Person 1" is taken
            {"num_conversations": 1, "roles": ["guide", "guide"], "bots": [{"name": "guide 1", "url": "http://x"}]} | bots | "guide 1" is taken
            {"num_conversations": 1, "roles": ["A", "B"], "bots": [{"name": "A", "url": "http://x"}]} | bots   | "A" is taken
            {"num_conversations": 1, "bots": [{"name": "System", "url": "http://x"}]} | bots                   | "System" is taken
            {"num_conversations": 1, "max_turns": 0}                                  | max_turns              | never ends
            {"num_conversations": 1, "on_partner_left": {"action": "bot"}}            | on_partner_left.action | needs a bot
            {"num_conversations": 1, "custom_source_bundle": "none.js"}               | custom_source_bundle   | none.js
            {"num_conversations": 1, "extra_source_dir": "none"}                      | extra_source_dir       | is not a folder
            {"num_conversations": 1, "preview_source": "none.html"}                   | preview_source         | none.html
            {"num_conversations": 1, "task_description_file": "none.html"}            | task_description_file  | none.html
            {"context_csv": "none.csv"}                                               | context_csv            | does not exist
            {"num_conversations": 1, "final_form": [{"type": "choices", "question": "Q?"}]} | final_form[0].choices | answers to choose from
            {"num_conversations": 1, "bots": [{"name": "Bo"}]}                        | bots[0]                | url or openai
            {"num_conversations": 1, "bots": [{"nmae": "Bo"}]}                        | bots[0].nmae           | did you mean "name"
            {"num_conversations": 1, "bots": [{"name": "Bo", "openai": {"base_urll": "x", "model": "m"}}]} | bots[0].openai.base_urll | "base_url"
            {"num_conversations": 1, "bots": {"name": "Bo"}}                          | bots                   | must be a list
            {"num_conversations": 1, "on_partner_left": {"action": "stop"}}           | on_partner_left.action | unknown value "stop"
            {"num_conversations": 1, "turn_order": "around"}                          | turn_order             | round_robin
            {"num_conversations": 1, "final_form": [{"type": "choice", "question": "Q?"}]} | final_form[0].type | choices
            """)
    void whatCannotWorkIsToldByItsKey(String options, String key, String message) {
        assertThatThrownBy(() -> create(options))
                .asInstanceOf(type(ConfigException.class))
                .satisfies(failure ->
                        assertThat(failure.problems()).extracting(Problem::path).contains("mephisto.blueprint." + key))
                .satisfies(failure -> assertThat(failure.getMessage()).containsIgnoringCase(message));
    }

    private static LiveUpdate update(String id, boolean fromWorker, long second, String json) {
        return new LiveUpdate(id, fromWorker, Instant.ofEpochSecond(second), JsonValue.ofText(json));
    }

    private static AgentState state() {
        return new AgentState(
                JsonValue.ofText("{\"task_data\": {\"topic\": \"tea\"}, \"past_live_updates\": []}"),
                List.of(
                        update("s1", false, 100, "{\"task_data\": {\"agent_display_name\": \"Buyer\"}}"),
                        update("w1", true, 7, "{\"text\": \"hi\", \"task_data\": {}, \"id\": \"agent-1\"}"),
                        update("s2", false, 101, "{\"task_data\": {\"live_update_requested\": false}}"),
                        update("s3", false, 102, "{\"id\": \"Seller\", \"text\": \"hello\", \"timestamp\": 101.5}"),
                        update("w2", true, 8, "{\"text\": \"bye\", \"task_data\": {}, \"id\": \"agent-1\"}"),
                        update("s4", false, 104, "{\"id\": \"System\", \"text\": \"Over.\", \"timestamp\": 103.5}")),
                Optional.of(new Submission(JsonValue.emptyObject(), List.of(), Instant.EPOCH, false)),
                Instant.EPOCH,
                Optional.empty(),
                JsonValue.emptyObject());
    }

    @Test
    void aReturningPageGetsAllThatPassedWithItsOwnTurnsUnderItsName() {
        try (Blueprint blueprint = create("{\"num_conversations\": 1}")) {
            JsonNode data = blueprint.taskRunner().initDataOnReturn(state()).node();

            assertThat(data.at("/task_data/topic").asText()).isEqualTo("tea");
            assertThat(data.path("past_live_updates"))
                    .extracting(each -> each.path("update_id").asText())
                    .containsExactly("s1", "w1", "s2", "s3", "w2", "s4");
            assertThat(data.at("/past_live_updates/1/id").asText()).isEqualTo("Buyer");
            assertThat(data.at("/past_live_updates/1/text").asText()).isEqualTo("hi");
        }
    }

    @Test
    void theExportHoldsTheTranscriptWithTimesByOneClock() {
        ParsedData parsed = factory.parse(state());

        assertThat(parsed.inputs()).isEqualTo(Json.parse("{\"topic\": \"tea\"}"));
        assertThat(Json.parse(Json.write(parsed.outputs()))).isEqualTo(Json.parse("""
                {"messages": [{"id": "Buyer", "text": "hi", "timestamp": 101.0, "own": true},
                              {"id": "Seller", "text": "hello", "timestamp": 101.5, "own": false},
                              {"id": "Buyer", "text": "bye", "timestamp": 103.5, "own": true},
                              {"id": "System", "text": "Over.", "timestamp": 103.5, "own": false}],
                 "final_submission": {}}
                """));
    }

    @Test
    void waitingForAPartnerIsMorePatienceWithSilentPages() {
        try (Blueprint waiting = create(
                        "{\"num_conversations\": 1, \"on_partner_left\": {\"action\": \"wait\", \"seconds\": 45}}");
                Blueprint ending = create("{\"num_conversations\": 1}")) {
            assertThat(waiting.taskRunner().awayGrace()).hasSeconds(45);
            assertThat(ending.taskRunner().awayGrace()).isZero();
        }
    }
}
