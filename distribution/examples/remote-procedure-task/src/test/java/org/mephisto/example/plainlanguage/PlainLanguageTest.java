package org.mephisto.example.plainlanguage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.SimulatedPage;
import org.mephisto.testkit.TestRun;

final class PlainLanguageTest {
    @ParameterizedTest
    @CsvSource({
        "The cat sat on the mat., 100, 6, 1",
        "'We close at six. Come early!', 100, 6, 2",
        "Prior notification of cancellation is obligatory., 0, 6, 1",
        "..., 100, 0, 0"
    })
    void shortWordsInShortSentencesAreEasy(String text, int ease, int words, int sentences) {
        Readability readability = Readability.of(text);

        assertThat(readability.ease()).isEqualTo(ease);
        assertThat(readability.words()).isEqualTo(words);
        assertThat(readability.sentences()).isEqualTo(sentences);
    }

    @Test
    void hardWordsAndLongSentencesAreNamed() {
        String longOne = "In the event that you do not pay by the end of the month we will have to stop the service"
                + " until you do.";

        Readability readability = Readability.of("Remuneration is due. " + longOne);

        assertThat(readability.hardWords()).containsExactly("Remuneration");
        assertThat(readability.longSentences()).containsExactly(longOne);
    }

    @Test
    void thePageOfTheExampleCanAskForIt() throws Exception {
        try (TestRun run = TestRun.of(new PlainLanguageBlueprintFactory())
                        .taskDirectory(Path.of("").toAbsolutePath())
                        .blueprintOption("task_source", "page.js")
                        .blueprintOption("extra_source_dir", "page")
                        .blueprintOption("data_json", "sentences.json")
                        .start();
                SimulatedPage page = run.worker("ann").register().openPage()) {
            page.sendLiveUpdate(
                    Map.of("request_id", "1", "target", "readability", "args", "{\"text\": \"The cat sat.\"}"));
            page.sendLiveUpdate(Map.of("request_id", "2", "target", "readability", "args", "{}"));

            JsonNode answer = page.awaitLiveUpdate(
                    update -> update.path("handles").asText().equals("1"));
            JsonNode refusal = page.awaitLiveUpdate(
                    update -> update.path("handles").asText().equals("2"));

            assertThat(Json.parse(answer.path("response").textValue())
                            .path("ease")
                            .intValue())
                    .isEqualTo(100);
            assertThat(refusal.at("/error/message").asText()).isEqualTo("Write a text of up to 2000 characters first.");
        }
    }
}
