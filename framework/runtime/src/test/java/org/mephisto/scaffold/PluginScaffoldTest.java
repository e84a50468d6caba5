package org.mephisto.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** With the template as it stands in the source tree; that the result builds is tested with the distribution. */
final class PluginScaffoldTest {
    private static final Path TEMPLATE = Path.of("../../plugin-template");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private PluginScaffold scaffold = new PluginScaffold(Path.of("."));

    @BeforeEach
    void makeADistribution() throws IOException {
        Files.createDirectories(folder.resolve("home/sdk/org/mephisto/mephisto-spi/7.8.9"));
        copyTemplate(folder.resolve("home/template"));
        scaffold = new PluginScaffold(folder.resolve("home"));
    }

    private static void copyTemplate(Path to) throws IOException {
        try (Stream<Path> all = Files.walk(TEMPLATE)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(TEMPLATE.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void theNameStandsInFilesAndPaths() throws IOException {
        List<Path> files = scaffold.create("my-task", folder.resolve("new"));

        assertThat(files).contains(Path.of("pom.xml"), Path.of("src/main/java/mytask/MyTaskBlueprintFactory.java"));
        assertThat(folder.resolve("new/src/main/java/mytask/MyTaskBlueprintFactory.java"))
                .content()
                .contains("package mytask;", "return \"my-task\";");
        assertThat(folder.resolve("new/task.yaml")).content().contains("/mephisto/blueprint: my-task");
    }

    @Test
    void nothingOfTheTemplatesNameIsLeft() throws IOException {
        List<Path> files = scaffold.create("label_them", folder.resolve("new"));

        for (Path file : files) {
            assertThat(folder.resolve("new").resolve(file))
                    .content()
                    .doesNotContain("template-task", "templatetask", "TemplateTask", "path/to/mephisto");
        }
    }

    @Test
    void theProjectBuildsAgainstThisDistribution() throws IOException {
        scaffold.create("my-task", folder.resolve("new"));

        assertThat(folder.resolve("new/pom.xml"))
                .content()
                .contains(
                        "<mephisto.version>7.8.9</mephisto.version>",
                        folder.resolve("home/sdk").toUri().toString());
    }

    @Test
    void aNameThatIsAJavaWordGetsAnotherPackage() {
        List<Path> files = scaffold.create("switch", folder.resolve("new"));

        assertThat(files).contains(Path.of("src/main/java/switchtask/SwitchBlueprint.java"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "My-Task", "1task", "my--task", "my task", "../task", "task-", "täsk"})
    void unusableNamesAreRefused(String name) {
        assertThatThrownBy(() -> scaffold.create(name, folder.resolve("new")))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT))
                .hasMessageContaining("\"" + name + "\"");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void filesThatAreThereStay() throws IOException {
        Files.createDirectories(folder.resolve("new"));
        Files.writeString(folder.resolve("new/pom.xml"), "mine");

        assertThatThrownBy(() -> scaffold.create("my-task", folder.resolve("new")))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(folder.resolve("new/pom.xml")).hasContent("mine");
    }
}
