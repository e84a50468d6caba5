package org.mephisto.router;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** A router on a free port with a few files, a scripted system side and real clients. */
final class RouterFixture implements AutoCloseable {
    static final String SECRET = "the-secret-of-this-test";

    final Vertx vertx = Vertx.vertx();
    final ScriptedSystem system = new ScriptedSystem();
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final Path folder;
    final Path uploads;
    final RouterServer router;

    private RouterFixture(Path directory, UnaryOperator<RouterOptions> change) throws IOException {
        folder = Files.createDirectories(directory.resolve("build"));
        uploads = directory.resolve("uploads");
        Files.writeString(folder.resolve("index.html"), "<html>the page</html>");
        Files.writeString(folder.resolve("task_config.json"), "{\"block_mobile\": true}");
        router = RouterServer.start(
                vertx,
                change.apply(RouterOptions.of("localhost", 0, folder, uploads).withChannelSecret(SECRET)));
    }

    /** With the system side connected in the process. */
    static RouterFixture start(Path directory) throws IOException {
        return start(directory, options -> options);
    }

    static RouterFixture start(Path directory, UnaryOperator<RouterOptions> change) throws IOException {
        RouterFixture fixture = withoutSystem(directory, change);
        fixture.router.channel().open(fixture.system);
        return fixture;
    }

    static RouterFixture withoutSystem(Path directory, UnaryOperator<RouterOptions> change) throws IOException {
        return new RouterFixture(directory, change);
    }

    URI at(String path) {
        return URI.create(router.url() + path.substring(1));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, null, headers);
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, json, "Content-Type", "application/json");
    }

    HttpResponse<String> send(String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Makes {@code agent-1} known to the router. */
    void register() throws IOException, InterruptedException {
        if (post("/request_agent", "{\"provider_data\":{}}").statusCode() != 200) {
            throw new AssertionError("Registering failed.");
        }
        system.next();
    }

    /** The system side sends a packet for an agent. */
    void systemSends(PacketType type, String agentId, String data) {
        if (!router.channel().enqueueSend(Packet.of(type, agentId, JsonValue.ofText(data)))) {
            throw new AssertionError("The channel does not take a packet " + type + ".");
        }
    }

    void systemSends(PacketType type, String data) {
        systemSends(type, "agent-1", data);
    }

    /** Opens a page's socket. */
    TestSocket socket() throws Exception {
        return TestSocket.open(client, router.url(), "");
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.parse(response.body());
    }

    @Override
    public void close() throws IOException {
        router.close();
        client.close();
        try {
            vertx.close().await(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IOException(e);
        }
    }
}
