package org.mephisto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A router that is started from the command line. */
@Timeout(60)
class RouterCommandTest extends CommandFixture {
    @TempDir
    Path directory;

    @Test
    void itSaysItsAddressServesThePageAndEndsWhenAsked() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("build"));
        Files.writeString(folder.resolve("index.html"), "<p>the page");
        try (RouterProcess router = RouterProcess.start(folder, 0, "the-secret-of-this-test");
                HttpClient client = HttpClient.newHttpClient()) {
            var page = client.send(HttpRequest.newBuilder(router.url()).build(), BodyHandlers.ofString());

            assertThat(page.body()).isEqualTo("<p>the page");
            assertThat(router.terminate()).isZero();
        }
    }

    @Test
    void withoutASecretNobodyCouldConnectAndItSaysSo() {
        Outcome outcome = mephisto("router", "--folder", ".", "--uploads", "up");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.err()).contains("no secret", "--secret-file", "MEPHISTO_CHANNEL_SECRET");
    }

    @Test
    void aSecretFileThatIsMissingIsNamed() {
        Outcome outcome = mephisto("router", "--folder", ".", "--uploads", "up", "--secret-file", "no-such-file");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.err()).contains("\"no-such-file\"");
    }
}
