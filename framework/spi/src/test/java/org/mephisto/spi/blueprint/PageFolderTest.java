package org.mephisto.spi.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.error.MephistoException;

final class PageFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Path extra;

    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeEach
    void makeFolders() throws IOException {
        extra = Files.createDirectory(temporary.resolve("extra"));
        root = Files.createDirectory(temporary.resolve("page"));
    }

    @Test
    void contentsOfAFolderStandInTheRootAndReplaceWhatIsThere() throws IOException {
        PageFolder page = new PageFolder(root);
        page.write("index.html", "ours");
        Files.writeString(extra.resolve("index.html"), "theirs");
        Files.createDirectory(extra.resolve("images"));
        Files.writeString(extra.resolve("images/cat.svg"), "<svg/>");

        page.copyContents(extra);

        assertThat(root.resolve("index.html")).hasContent("theirs");
        assertThat(root.resolve("images/cat.svg")).hasContent("<svg/>");
    }

    @Test
    void hiddenFilesAreNotPublished() throws IOException {
        Files.writeString(extra.resolve(".env"), "secret");
        Files.createDirectory(extra.resolve(".git"));
        Files.writeString(extra.resolve(".git/config"), "secret");

        new PageFolder(root).copyContents(extra);

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(extra.resolve("innocent.txt"), secret);

        assertThatThrownBy(() -> new PageFolder(root).copyContents(extra))
                .isInstanceOf(MephistoException.class)
                .hasMessageContaining("innocent.txt")
                .hasMessageContaining("leads out of");
        assertThat(root.resolve("innocent.txt")).doesNotExist();
    }

    @Test
    void aLinkInsideTheFolderBecomesAFile() throws IOException {
        Files.writeString(extra.resolve("real.txt"), "content");
        Files.createSymbolicLink(extra.resolve("alias.txt"), extra.resolve("real.txt"));

        new PageFolder(root).copyContents(extra);

        assertThat(root.resolve("alias.txt")).hasContent("content").isRegularFile();
        assertThat(Files.isSymbolicLink(root.resolve("alias.txt"))).isFalse();
    }

    @Test
    void aLinkedFileShowsLaterChanges() throws IOException {
        Path source = Files.writeString(extra.resolve("bundle.js"), "old");

        new PageFolder(root).linkFile(source, "bundle.js");
        Files.writeString(source, "new");

        assertThat(root.resolve("bundle.js")).hasContent("new");
    }

    @Test
    void aNameThatLeadsOutOfThePageIsRefused() {
        assertThatThrownBy(() -> new PageFolder(root).write("../outside.txt", "text"))
                .isInstanceOf(MephistoException.class)
                .hasMessageContaining("../outside.txt");
    }
}
