package org.mephisto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.error.MephistoException;

final class BlobsTest {
    @TempDir
    private Path folder;

    @Test
    void aSavedFileIsFoundUnderItsNewNameAndLeavesNothingBesideIt() throws IOException {
        Blobs blobs = new Blobs(folder);

        String name = blobs.save(bytes("picture"), "My Photo.PNG");

        assertThat(name).endsWith(".png").doesNotContain("Photo");
        assertThat(blobs.path(name)).hasContent("picture");
        assertThat(folder).isDirectoryContaining(file -> file.endsWith(name));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void twoFilesOfOneNameAreBothKept() {
        Blobs blobs = new Blobs(folder);

        String first = blobs.save(bytes("1"), "a.txt");
        String second = blobs.save(bytes("2"), "a.txt");

        assertThat(blobs.path(first)).hasContent("1");
        assertThat(blobs.path(second)).hasContent("2");
    }

    @Test
    void anAdoptedFileIsMoved(@TempDir Path elsewhere) throws IOException {
        Path upload = Files.writeString(elsewhere.resolve("upload"), "content");

        String name = new Blobs(folder).adopt(upload, "noextension");

        assertThat(upload).doesNotExist();
        assertThat(new Blobs(folder).path(name)).hasContent("content");
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatThrownBy(() -> new Blobs(folder).save(broken, "a.txt")).isInstanceOf(MephistoException.class);

        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "", "secret", "..", "a/../../secret"})
    void aNameThatWasNotMadeHereIsNotFound(String name) throws IOException {
        Files.writeString(folder.resolve("secret"), "x");

        assertThatThrownBy(() -> new Blobs(folder).path(name)).hasMessageContaining("\"" + name + "\"");
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
