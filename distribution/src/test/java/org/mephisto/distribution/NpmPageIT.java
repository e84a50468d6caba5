package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.Json;
import org.mephisto.task.TestBrowser;

/** A page on the original's published client library, which knows nothing of us, works here. */
@Timeout(240)
@SuppressWarnings("NullAway.Init")
final class NpmPageIT {
    @TempDir
    private Path home;

    private Path task() throws Exception {
        Path task = Files.createDirectories(home.resolve("task"));
        NpmPage.bundle("static-page", task.resolve("bundle.js"));
        Files.writeString(task.resolve("task.yaml"), """
                #@package _global_
                defaults:
                  - /mephisto/blueprint: static_react_task
                  - /mephisto/architect: local
                  - /mephisto/provider: mock
                mephisto:
                  blueprint:
                    task_source: ${task_dir}/bundle.js
                  shared_state:
                    static_task_data:
                      - question: Does the published client work here?
                  architect:
                    port: 0
                  task:
                    task_name: published-client
                    task_title: Published client
                    task_description: A page on the published client.
                    task_reward: 0
                    task_tags: test
                    closing_time_in_seconds: 0
                """);
        return task;
    }

    @Test
    void itRegistersShowsItsDataSubmitsAndHandsOverToTheProvider() throws Exception {
        MephistoProcess.Builder mephisto = MephistoProcess.of(Distribution.assembled(), home);
        List<String> errors = new ArrayList<>();
        try (MephistoProcess run = mephisto.start("run", task().toString());
                TestBrowser browser = TestBrowser.start()) {
            Page preview = browser.newVisitor();
            preview.navigate(run.link().resolve("/").toString());
            assertThat(preview.locator("#preview")).isVisible();

            Page page = browser.newVisitor();
            page.onPageError(errors::add);
            page.navigate(run.link().toString());
            assertThat(page.getByRole(AriaRole.HEADING)).hasText("Does the published client work here?");
            page.getByText("Say yes").click();
            assertThat(page.locator("#mephisto-next-unit")).isVisible();

            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
        assertThat(errors).isEmpty();
        JsonNode row = Json.parse(mephisto.result("export", "published-client"));
        assertThat(row.at("/outputs/answer").asText()).isEqualTo("yes");
        assertThat(row.at("/outputs/by").asText()).isEqualTo("worker1");
    }
}
