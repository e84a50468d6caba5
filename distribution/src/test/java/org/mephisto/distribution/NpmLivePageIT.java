package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.json.Json;

/** Live pages on the original's published client library, which knows nothing of us, work here. */
final class NpmLivePageIT extends NpmLiveFixture {
    private final List<String> errors = new ArrayList<>();

    @AfterEach
    void noPageHasFailed() {
        assertThat(errors).isEmpty();
    }

    private Page open(MephistoProcess run) throws InterruptedException {
        Page page = browser.newVisitor();
        page.onPageError(errors::add);
        page.navigate(run.link().toString());
        return page;
    }

    private Path classifyingTask() throws Exception {
        functions
                .with(
                        "classify",
                        question -> Json.object()
                                .put(
                                        "label",
                                        "about " + question.at("/args/text").asText()))
                .with("broken", question -> {
                    throw new IllegalStateException("the model has crashed");
                });
        return remoteTask("published-calls", """
                classify: {url: %s}
                broken: {url: %s, retries: 0}
                """.formatted(functions.url("classify"), functions.url("broken")));
    }

    @Test
    void callsAreAnsweredAlsoThoseThatFailAndAreExported() throws Exception {
        try (MephistoProcess run = mephisto.start("run", classifyingTask().toString())) {
            Page preview = browser.newVisitor();
            preview.navigate(run.link().resolve("/").toString());
            assertThat(preview.locator("#preview")).isVisible();

            Page page = open(run);
            page.getByText("Classify").click();
            assertThat(page.locator("li")).hasText("classify: about a parcel");
            page.getByText("Call what fails").click();
            page.getByText("Call what is not there").click();
            assertThat(page.getByText("broken failed: PLUGIN_FAILED")).isVisible();
            assertThat(page.getByText("unknown failed: NOT_FOUND")).isVisible();
            page.reload();
            assertThat(page.locator("#earlier")).hasText("about a parcel,,");
            assertThat(page.locator("#connection")).hasText("connected");
            page.getByText("Classify").click();
            assertThat(page.locator("li")).hasText("classify: about a parcel");
            page.getByText("Submit").click();
            assertThat(page.locator("#mephisto-next-unit")).isVisible();

            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
        JsonNode row = Json.parse(mephisto.result("export", "published-calls"));
        assertThat(row.path("status").asText()).isEqualTo("completed");
        assertThat(row.at("/inputs/text").asText()).isEqualTo("a parcel");
        assertThat(row.at("/outputs/final_submission/answers/0").asText()).isEqualTo("classify: about a parcel");
        JsonNode requests = row.at("/outputs/requests");
        assertThat(requests).hasSize(8);
        assertThat(requests.findValuesAsText("target")).contains("classify", "broken", "unknown");
        assertThat(requests.get(1).path("response_json").asText()).isEqualTo("{\"label\":\"about a parcel\"}");
        assertThat(requests.get(1).path("target")).isEqualTo(requests.get(0).path("uuid"));
    }

    @Test
    void aPageThatOnlyListensAndSendsTalksWithABot() throws Exception {
        functions.with("bot", question -> {
            int last = question.path("messages").size() - 1;
            return Json.object()
                    .put(
                            "text",
                            "You said: "
                                    + question.at("/messages/" + last + "/text").asText());
        });
        Path task =
                TaskFolder.live(bundled("live-page"), "published-live", "chat", """
                custom_source_bundle: ${task_dir}/bundle.js
                num_conversations: 1
                participants: 1
                roles: [Guest]
                max_turns: 4
                bots: [{name: Echo, url: "%s"}]
                """.formatted(functions.url("bot")));
        try (MephistoProcess run = mephisto.start("run", task.toString())) {
            Page page = open(run);
            assertThat(page.locator("#connection")).hasText("connected");
            assertThat(page.locator("#status")).hasText("in task");
            page.getByLabel("Message").fill("hello");
            page.getByText("Send").click();
            assertThat(page.locator("li")).hasText("Echo: You said: hello");
            page.reload();
            assertThat(page.locator("li")).hasText(new String[] {"Guest: hello", "Echo: You said: hello"});
            page.getByLabel("Message").fill("bye");
            page.getByText("Send").click();
            assertThat(page.getByText("Echo: You said: bye")).isVisible();
            page.getByText("Submit").click();
            assertThat(page.locator("#mephisto-next-unit")).isVisible();

            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
        JsonNode row = Json.parse(mephisto.result("export", "published-live"));
        assertThat(row.at("/outputs/messages").findValuesAsText("text"))
                .startsWith("hello", "You said: hello", "bye", "You said: bye");
        assertThat(row.at("/outputs/final_submission/seen").isNumber()).isTrue();
    }
}
