package org.mephisto.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.router.TestSocket;

/** A router that is started from the command line. */
@Timeout(60)
class RouterCommandTest extends CommandFixture {
    @TempDir
    Path directory;

    private Path folder() throws IOException {
        return Files.createDirectories(directory.resolve("build"));
    }

    @Test
    void itSaysItsAddressServesThePageAndEndsWhenAsked() throws Exception {
        Path folder = folder();
        Files.writeString(folder.resolve("index.html"), "<p>the page");
        try (RouterProcess router = RouterProcess.start(folder, 0, "the-secret-of-this-test");
                HttpClient client = HttpClient.newHttpClient()) {
            var page = client.send(HttpRequest.newBuilder(router.url()).build(), BodyHandlers.ofString());

            assertThat(page.body()).isEqualTo("<p>the page");
            assertThat(router.terminate()).isZero();
        }
    }

    @Test
    void theSecretMayStandInAFile() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "the-secret-in-a-file\n");
        try (HttpClient client = HttpClient.newHttpClient();
                RouterProcess router = RouterProcess.start(folder(), 0, Map.of(), "--secret-file", secret.toString())) {
            assertThatThrownBy(() -> TestSocket.open(client, router.url(), "?secret=another-secret"))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);

            TestSocket system = TestSocket.open(client, router.url(), "?secret=the-secret-in-a-file");

            assertThat(isAnsweredAsTheRun(system)).isTrue();
        }
    }

    @Test
    void aProgramOnTheSameMachineNeedsNoSecretWhereThatIsAllowed() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient();
                RouterProcess router = RouterProcess.start(folder(), 0, Map.of(), "--allow-no-secret-on-loopback")) {
            TestSocket system = TestSocket.open(client, router.url(), "").sendPacket("alive", "mephisto", "{}");

            assertThat(isAnsweredAsTheRun(system)).isTrue();
        }
    }

    private static boolean isAnsweredAsTheRun(TestSocket system) throws Exception {
        system.sendPacket("request_statuses", "mephisto", "{}");
        return system.next().path("packet_type").asText().equals("return_statuses");
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
