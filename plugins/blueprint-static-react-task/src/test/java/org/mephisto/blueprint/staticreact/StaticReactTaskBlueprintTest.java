package org.mephisto.blueprint.staticreact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.TestContext;

@SuppressWarnings("NullAway.Init")
final class StaticReactTaskBlueprintTest {
    private final BlueprintFactory factory = new StaticReactTaskBlueprintFactory();

    @TempDir
    private Path folder;

    @TempDir
    private Path page;

    @BeforeEach
    void writeTask() throws IOException {
        Files.writeString(folder.resolve("my-bundle.js"), "old");
        Files.writeString(folder.resolve("data.json"), "[{\"text\": \"hello\"}]");
    }

    private Blueprint create(String options) {
        return factory.create(TestContext.of(factory, folder, options));
    }

    @Test
    void theServiceFileNamesTheFactory() {
        assertThat(ServiceLoader.load(BlueprintFactory.class).stream().map(ServiceLoader.Provider::type))
                .containsExactly(StaticReactTaskBlueprintFactory.class);
        assertThat(factory.type()).isEqualTo("static_react_task");
    }

    @Test
    void theBundleIsCopiedUnderItsFixedName() throws IOException {
        create("{task_source: my-bundle.js, data_json: data.json}")
                .taskBuilder()
                .buildInDir(page);
        Files.writeString(folder.resolve("my-bundle.js"), "new");

        assertThat(page.resolve("bundle.js")).hasContent("old");
        assertThat(page.resolve("index.html")).content().contains("<title>Judge &lt;this&gt;</title>", "id=\"app\"");
    }

    @Test
    void aLinkedBundleShowsANewBuild() throws IOException {
        create("{task_source: my-bundle.js, link_task_source: true, data_json: data.json}")
                .taskBuilder()
                .buildInDir(page);
        Files.writeString(folder.resolve("my-bundle.js"), "new");

        assertThat(page.resolve("bundle.js")).hasContent("new");
    }

    @Test
    void aLinkedBundleReplacesOneOfTheExtraFolderAndLeavesTheOriginals() throws IOException {
        Path extra = Files.createDirectory(folder.resolve("extra"));
        Files.writeString(extra.resolve("bundle.js"), "extra");

        create("{task_source: my-bundle.js, link_task_source: true, extra_source_dir: extra, data_json: data.json}")
                .taskBuilder()
                .buildInDir(page);

        assertThat(page.resolve("bundle.js")).hasContent("old");
        assertThat(extra.resolve("bundle.js")).hasContent("extra");
    }

    @Test
    void thePageGetsTheSharedDataAsTheyAre() {
        Blueprint blueprint = create("{task_source: my-bundle.js, data_json: data.json}");

        assertThat(blueprint.assignments())
                .extracting(each -> each.shared().node())
                .containsExactly(Json.parse("{\"text\": \"hello\"}"));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThatThrownBy(() -> create("{task_source: none.js, extra_source_dir: nowhere, data_json: none.json}"))
                .asInstanceOf(type(ConfigException.class))
                .extracting(ConfigException::problems)
                .satisfies(problems -> assertThat(problems)
                        .extracting(Problem::path)
                        .containsExactly(
                                "mephisto.blueprint.task_source",
                                "mephisto.blueprint.extra_source_dir",
                                "mephisto.blueprint.data_json"));
    }
}
