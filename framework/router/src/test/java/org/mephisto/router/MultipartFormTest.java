package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.packet.Packet;

@Timeout(60)
class MultipartFormTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    Path directory;

    private RouterFixture router;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.start(directory);
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    /** A multipart body in the making. */
    private static final class Form {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Form field(String name, String value) {
            return part("name=\"" + name + "\"", "", value.getBytes(StandardCharsets.UTF_8));
        }

        Form file(String field, String filename, byte[] content) {
            return part(
                    "name=\"" + field + "\"; filename=\"" + filename + "\"", "Content-Type: image/png\r\n", content);
        }

        private Form part(String disposition, String header, byte[] content) {
            body.writeBytes(("--cut\r\nContent-Disposition: form-data; " + disposition + "\r\n" + header + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
            return this;
        }

        byte[] bytes() {
            byte[] open = body.toByteArray();
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(open);
            whole.writeBytes("--cut--\r\n".getBytes(StandardCharsets.UTF_8));
            return whole.toByteArray();
        }
    }

    private HttpResponse<String> post(String path, byte[] body) throws Exception {
        return router.client.send(
                HttpRequest.newBuilder(router.at(path))
                        .header("Content-Type", "multipart/form-data; boundary=cut")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private List<Path> stored() throws Exception {
        try (Stream<Path> files = Files.list(router.uploads)) {
            return files.toList();
        }
    }

    @Test
    void filesAreStoredBeforeTheSystemHearsOfThem() throws Exception {
        byte[] picture = new byte[3_000_000];
        new Random(1).nextBytes(picture);
        router.system.answerWith((channel, packet) -> {
            String name = packet.data().node().at("/files/0/filename").asText();
            assertThat(router.uploads.resolve(name)).hasBinaryContent(picture);
            ScriptedSystem.acceptAll(channel, packet);
        });

        HttpResponse<String> answer = post(
                "/submit_task?x=1",
                new Form()
                        .field("USED_AGENT_ID", "agent-1")
                        .field("final_data", "[object FormData]")
                        .field("final_string_data", "{\"label\":\"é\"}")
                        .file("photo", "../../My Photo ü.png", picture)
                        .file("photo", "two.png", new byte[] {2})
                        .file("empty", "", new byte[0])
                        .file("other", "", new byte[] {3})
                        .field("client_timestamp", "12.5")
                        .bytes());

        assertThat(answer.body()).isEqualTo("{\"status\": \"Submitted!\"}");
        Packet packet = router.system.next();
        JsonNode data = packet.data().node();
        assertThat(packet.subjectId()).isEqualTo("agent-1");
        assertThat(packet.timestamps().client()).isEqualTo(12.5);
        assertThat(data.path("USED_AGENT_ID").asText()).isEqualTo("agent-1");
        assertThat(data.at("/final_data/label").asText()).isEqualTo("é");
        assertThat(data.path("request_id").asText()).isNotEmpty();
        assertThat(data.path("files")).hasSize(3);
        JsonNode file = data.path("files").get(0);
        assertThat(file.path("originalname").asText()).isEqualTo("../../My Photo ü.png");
        assertThat(file.path("filename").asText()).matches("[0-9a-f]{24}-My_Photo__\\.png");
        assertThat(file.path("fieldname").asText()).isEqualTo("photo");
        assertThat(file.path("mimetype").asText()).isEqualTo("image/png");
        assertThat(file.path("size").asLong()).isEqualTo(picture.length);
        assertThat(data.path("filesByFields").path("photo")).hasSize(2);
        assertThat(data.path("filesByFields").has("empty")).isFalse();
        assertThat(stored()).hasSize(3);
    }

    @Test
    void aStoredFileCanBeFetchedByTheSystemAndWithTheSecretAlone() throws Exception {
        post(
                "/submit_task",
                new Form()
                        .field("USED_AGENT_ID", "agent-1")
                        .field("final_string_data", "{}")
                        .file("f", "a.txt", "content".getBytes(StandardCharsets.UTF_8))
                        .bytes());
        String name = router.system.next().data().node().at("/files/0/filename").asText();
        Path target = directory.resolve("fetched");

        router.router.downloadFile(name, target);
        HttpResponse<String> allowed =
                router.get("/download_file/" + name, "Authorization", "Bearer " + RouterFixture.SECRET);

        assertThat(target).hasContent("content");
        assertThat(allowed.body()).isEqualTo("content");
        assertThat(router.get("/download_file/" + name).statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> router.router.downloadFile("../" + name, directory.resolve("x")))
                .isInstanceOf(MephistoException.class);
    }

    @Test
    void metadataMayComeAsAForm() throws Exception {
        HttpResponse<String> answer = post(
                "/submit_metadata",
                new Form()
                        .field("USED_AGENT_ID", "agent-1")
                        .field("metadata", "{\"worker_opinion\":{}}")
                        .field("data", "{\"worker_opinion\":{}}")
                        .bytes());

        assertThat(answer.body()).isEqualTo("{\"status\": \"Submitted metadata\"}");
        JsonNode data = router.system.next().data().node();
        assertThat(data.path("metadata").has("worker_opinion")).isTrue();
        assertThat(data.path("files")).isEmpty();
    }

    @Test
    void aLongTextFieldIsTaken() throws Exception {
        String json = "{\"long\":\"" + "ä".repeat(2_000_000) + "\"}";

        HttpResponse<String> answer = post(
                "/submit_task",
                new Form()
                        .field("USED_AGENT_ID", "agent-1")
                        .field("final_string_data", json)
                        .bytes());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(router.system.next().data().node().at("/final_data/long").asText())
                .hasSize(2_000_000);
    }

    @Test
    void whatIsWrongWithAFormIsNamedAndNoFileStays() throws Exception {
        byte[] file = {1, 2, 3};
        Form noAgent = new Form().file("f", "a.txt", file).field("final_string_data", "{}");
        Form noData = new Form().file("f", "a.txt", file).field("USED_AGENT_ID", "agent-1");
        Form notJson =
                new Form().file("f", "a.txt", file).field("USED_AGENT_ID", "a").field("final_string_data", "{oops");
        Form asSystem = new Form().field("USED_AGENT_ID", "mephisto").field("final_string_data", "{}");

        assertThat(post("/submit_task", noAgent.bytes()).body()).contains("USED_AGENT_ID");
        assertThat(post("/submit_task", noData.bytes()).body()).contains("final_string_data");
        assertThat(post("/submit_task", notJson.bytes()).body()).contains("final_string_data", "not JSON");
        assertThat(post("/submit_task", asSystem.bytes()).statusCode()).isEqualTo(403);
        awaitNoFiles();
    }

    @Test
    void theFilesOfARefusedSubmissionGoAgain() throws Exception {
        router.system.answerWith((channel, packet) ->
                channel.enqueueSend(ScriptedSystem.refusal(packet, 404, "not_found", "No such agent.")));

        HttpResponse<String> answer = post(
                "/submit_task",
                new Form()
                        .field("USED_AGENT_ID", "agent-9")
                        .field("final_string_data", "{}")
                        .file("f", "a.txt", new byte[] {1})
                        .bytes());

        assertThat(answer.statusCode()).isEqualTo(404);
        awaitNoFiles();
    }

    @Test
    void aFormOfSixtyMegabytesIsRefusedWithAReason() throws Exception {
        byte[] form = new Form().file("f", "big.bin", new byte[60_000_000]).bytes();

        HttpResponse<String> declared = post("/submit_task", form);
        HttpResponse<String> undeclared = router.client.send(
                HttpRequest.newBuilder(router.at("/submit_task"))
                        .header("Content-Type", "multipart/form-data; boundary=cut")
                        .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(form)))
                        .build(),
                BodyHandlers.ofString());

        assertThat(declared.statusCode()).isEqualTo(413);
        assertThat(declared.body()).contains("50 MiB");
        assertThat(undeclared.statusCode()).isEqualTo(413);
        awaitNoFiles();
    }

    @Test
    void aFormThatCannotBeReadIsRefused() throws Exception {
        HttpResponse<String> noBoundary =
                router.send("POST", "/submit_task", "x", "Content-Type", "multipart/form-data");
        HttpResponse<String> garbage = post("/submit_task", "not a form at all".getBytes(StandardCharsets.UTF_8));

        assertThat(noBoundary.statusCode()).isEqualTo(400);
        assertThat(garbage.statusCode()).isEqualTo(400);
        assertThat(router.get("/is_alive").statusCode()).isEqualTo(200);
    }

    @Test
    void aFormThatBreaksOffLeavesNoFile() throws Exception {
        byte[] form = new Form().file("f", "a.bin", new byte[500_000]).bytes();
        try (Socket socket = new Socket("localhost", router.router.url().getPort())) {
            String head = "POST /submit_task HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=cut\r\n"
                    + "Content-Length: " + form.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(form, 0, 300_000);
            socket.getOutputStream().flush();
            while (stored().isEmpty()) {
                Thread.onSpinWait();
            }
        }

        awaitNoFiles();
    }

    @Test
    void whatAnEarlierRouterLeftHalfWrittenIsRemoved() throws Exception {
        Path uploads = Files.createDirectories(directory.resolve("again/uploads"));
        Path half = Files.writeString(uploads.resolve(".part-abc"), "half");
        Path whole = Files.writeString(uploads.resolve("whole.txt"), "whole");

        RouterFixture.start(directory.resolve("again")).close();

        assertThat(half).doesNotExist();
        assertThat(whole).exists();
    }

    /** Files go in the background; the test's time-out ends the wait. */
    private void awaitNoFiles() throws Exception {
        while (!stored().isEmpty()) {
            Thread.onSpinWait();
        }
    }
}
