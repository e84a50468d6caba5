package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is refused, with which status and words; after each the router still serves. */
@Timeout(120)
class BadInputTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    static Path directory;

    private static RouterFixture router;

    record Case(String method, String path, String body, int status, List<String> words) {
        @Override
        public String toString() {
            return method + " " + path + " " + body + " -> " + status;
        }
    }

    private static Case post(String path, String body, int status, String... words) {
        return new Case("POST", path, body, status, List.of(words));
    }

    private static Case get(String path, int status, String... words) {
        return new Case("GET", path, "", status, List.of(words));
    }

    static final List<Case> CASES = List.of(
            post("/request_agent", "", 400, "empty"),
            post("/request_agent", "{\"provider_data\": {", 400, "not JSON", "line 1, column"),
            post("/request_agent", "{\n\"provider_data\": oops}", 400, "not JSON", "line 2, column"),
            post("/request_agent", "provider_data=1", 400, "not JSON"),
            post("/request_agent", "[]", 400, "not a JSON object"),
            post("/request_agent", "{} {}", 400, "goes on"),
            post("/request_agent", "{}", 400, "provider_data", "missing"),
            post("/request_agent", "{\"provider_data\": null}", 400, "provider_data", "missing"),
            post("/request_agent", "{\"provider_data\": \"x\"}", 400, "provider_data", "must be an object"),
            post("/request_agent", "{\"provider_data\": {}, \"client_timestamp\": \"now\"}", 400, "client_timestamp"),
            post("/request_agent", "{\"provider_data\": {}, \"client_timestamp\": 1e999}", 400, "client_timestamp"),
            post("/request_agent", "{\"provider_data\": {}, \"provider_data\": {}}", 400, "twice"),
            post("/register_worker", "{\"provider_data\": 5}", 400, "provider_data"),
            post("/submit_onboarding", "{\"provider_data\": {}}", 400, "USED_AGENT_ID"),
            post("/submit_onboarding", "{\"provider_data\": {\"USED_AGENT_ID\": 5}}", 400, "USED_AGENT_ID", "string"),
            post("/submit_task", "{\"final_data\": {}}", 400, "USED_AGENT_ID", "missing"),
            post("/submit_task", "{\"USED_AGENT_ID\": null, \"final_data\": {}}", 400, "USED_AGENT_ID"),
            post("/submit_task", "{\"USED_AGENT_ID\": \"\", \"final_data\": {}}", 400, "USED_AGENT_ID"),
            post("/submit_task", "{\"USED_AGENT_ID\": [\"a\"], \"final_data\": {}}", 400, "USED_AGENT_ID"),
            post("/submit_task", "{\"USED_AGENT_ID\": \"mephisto\", \"final_data\": {}}", 403, "USED_AGENT_ID"),
            post("/submit_task", "{\"USED_AGENT_ID\": \"agent-1\"}", 400, "final_data", "missing"),
            post(
                    "/submit_task",
                    "{\"USED_AGENT_ID\": \"a\", \"final_data\": 1, \"client_timestamp\": {}}",
                    400,
                    "number"),
            post("/submit_metadata", "{\"USED_AGENT_ID\": \"agent-1\"}", 400, "metadata", "missing"),
            post("/log_error", "{\"USED_AGENT_ID\": \"agent-1\"}", 400, "error_data", "missing"),
            post("/log_error", "{\"USED_AGENT_ID\": \"mephisto\", \"error_data\": 1}", 403, "USED_AGENT_ID"),
            get("/request_agent", 405, "POST"),
            get("/submit_task", 405, "POST"),
            new Case("DELETE", "/submit_task", "", 405, List.of("POST")),
            new Case("PUT", "/submit_metadata", "{}", 405, List.of("POST")),
            post("/is_alive", "{}", 405, "GET"),
            post("/task_config.json", "{}", 404, "nothing"),
            new Case("DELETE", "/index.html", "", 405, List.of("GET")),
            post("/no_such_route", "{}", 404, "no_such_route"),
            get("/no/such/file.js", 404, "file.js"),
            get("/..%2fsecret.txt", 400, "plain path"),
            get("/..%2Fsecret.txt", 400, "plain path"),
            get("/%2e%2e/secret.txt", 400, "plain path"),
            get("/sub/../../secret.txt", 400, "plain path"),
            get("/..%5csecret.txt", 400, "plain path"),
            get("/%5c..%5csecret.txt", 400, "plain path"),
            get("/index.html%00.txt", 400, "plain path"),
            get("//secret.txt", 400, "plain path"),
            get("/.hidden", 404, ".hidden"),
            get("/%2ehidden", 404, "hidden"),
            get("/sub/.hidden", 404, ".hidden"),
            get("/escape.txt/..", 400, "plain path"),
            get("/sub/outside.txt", 404, "outside.txt"),
            get("/outside_folder/secret.txt", 404, "secret.txt"),
            get("/sub", 404, "sub"),
            get("/download_file/x.txt", 403, "secret"),
            get("/download_file/x.txt?secret=guess", 403, "secret"),
            get("/download_file/nothing.txt?secret=" + RouterFixture.SECRET, 404, "nothing.txt"),
            get("/download_file/..%2f..%2fsecret.txt?secret=" + RouterFixture.SECRET, 404, "secret.txt"));

    @BeforeAll
    static void start() throws Exception {
        router = RouterFixture.start(directory);
        Path secret = Files.writeString(directory.resolve("secret.txt"), "SECRET");
        Path sub = Files.createDirectories(router.folder.resolve("sub"));
        Files.writeString(router.folder.resolve(".hidden"), "SECRET");
        Files.writeString(sub.resolve(".hidden"), "SECRET");
        Files.createSymbolicLink(sub.resolve("outside.txt"), secret);
        Files.createSymbolicLink(router.folder.resolve("outside_folder"), directory);
    }

    @AfterAll
    static void stop() throws Exception {
        router.close();
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void isRefusedWithAReasonAndTheRouterLivesOn(Case bad) throws Exception {
        HttpResponse<String> answer = router.send(bad.method, bad.path, bad.body.isEmpty() ? null : bad.body);

        assertThat(answer.statusCode()).isEqualTo(bad.status);
        assertThat(answer.body()).doesNotContain("SECRET");
        String message = RouterFixture.json(answer).at("/error/message").asText();
        assertThat(message).contains(bad.words).endsWith(".");
        assertThat(RouterFixture.json(answer).at("/error/code").asText()).isNotEmpty();
        assertThat(answer.statusCode() != 405
                        || answer.headers().firstValue("Allow").isPresent())
                .isTrue();
        assertThat(router.system.rest()).isEmpty();
        assertServes();
    }

    @Test
    void aBodyOfSixtyMegabytesIsRefusedWithAReason() throws Exception {
        for (String path : List.of("/submit_task", "/request_agent", "/no_such_route")) {
            HttpResponse<String> answer = router.client.send(
                    HttpRequest.newBuilder(router.at(path))
                            .POST(BodyPublishers.ofByteArray(new byte[60_000_000]))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(path.equals("/no_such_route") ? 404 : 413);
            assertThat(RouterFixture.json(answer).at("/error/message").asText()).isNotEmpty();
        }
        assertServes();
    }

    @Test
    void aBodyOfSixtyMegabytesWithoutADeclaredLengthIsRefusedWithAReason() throws Exception {
        HttpResponse<String> answer = router.client.send(
                HttpRequest.newBuilder(router.at("/submit_task"))
                        .POST(BodyPublishers.ofInputStream(() -> new Endless(60_000_000)))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("too large").contains("16 MiB");
        assertServes();
    }

    @Test
    void aClientThatAsksFirstIsToldBeforeItSends() throws Exception {
        String answer = raw("""
                POST /submit_task HTTP/1.1
                Host: x
                Content-Length: 60000000
                Expect: 100-continue
                Connection: close

                """.replace("\n", "\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 413").contains("too large");
        assertServes();
    }

    @Test
    void aBodyThatIsNotUtf8IsRefusedWhileTheReplacementCharacterItselfIsNot() throws Exception {
        byte[] latin = "{\"provider_data\":{\"name\":\"\u00e9\"}}".getBytes(StandardCharsets.ISO_8859_1);

        HttpResponse<String> refused = router.client.send(
                HttpRequest.newBuilder(router.at("/request_agent"))
                        .POST(BodyPublishers.ofByteArray(latin))
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> taken = router.post("/request_agent", "{\"provider_data\":{\"name\":\"\uFFFD\"}}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("not UTF-8");
        assertThat(taken.statusCode()).isEqualTo(200);
        router.system.next();
    }

    @Test
    void aConnectionThatBreaksOffHalfWayHarmsNobody() throws Exception {
        try (Socket socket = new Socket("localhost", router.router.url().getPort())) {
            socket.getOutputStream()
                    .write("POST /submit_task HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"USED"
                            .getBytes(StandardCharsets.US_ASCII));
        }

        assertServes();
    }

    @Test
    void whatIsNotHttpHarmsNobody() throws Exception {
        raw("\u0001\u0002 not http at all\r\n\r\n");

        assertServes();
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", router.router.url().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertServes() throws Exception {
        assertThat(router.get("/is_alive").body()).isEqualTo("{\"status\": \"Alive!\"}");
        assertThat(router.post("/request_agent", "{\"provider_data\":{}}").statusCode())
                .isEqualTo(200);
        router.system.next();
    }

    /** So many zeros, of unknown length to the client. */
    private static final class Endless extends InputStream {
        private int left;

        Endless(int length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int given = Math.min(left, length);
            left -= given;
            return given;
        }
    }
}
