package org.mephisto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoriesTest {
    @TempDir
    private Path folder;

    @Test
    void theDataFolderIsTheConfiguredOneElseTheOneInMephistoHome() {
        Map<String, String> environment = Map.of("MEPHISTO_HOME", folder.toString());

        DataDirectories configured = DataDirectories.of(environment, Optional.of(folder.resolve("own")));
        DataDirectories byHome = DataDirectories.of(environment, Optional.empty());
        DataDirectories byDefault = DataDirectories.of(Map.of(), Optional.empty());

        assertThat(configured.data()).isEqualTo(folder.resolve("own"));
        assertThat(byHome.database()).isEqualTo(folder.resolve("data/mephisto.db"));
        assertThat(byDefault.data()).isEqualTo(Path.of(System.getProperty("user.home"), ".mephisto", "data"));
    }

    @Test
    void theFoldersOfARunAreMadeWhenAskedFor() {
        DataDirectories directories = new DataDirectories(folder);

        assertThat(folder).isEmptyDirectory();
        assertThat(directories.build(7))
                .isEqualTo(folder.resolve("runs/7/build"))
                .isDirectory();
        assertThat(directories.files(7))
                .isEqualTo(folder.resolve("runs/7/files"))
                .isDirectory();
        assertThat(directories.blueprint(7))
                .isEqualTo(folder.resolve("runs/7/blueprint"))
                .isDirectory();
        assertThat(directories.architect(7))
                .isEqualTo(folder.resolve("runs/7/architect"))
                .isDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new DataDirectories(file).run(1))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("mephisto.datapath");
    }
}
