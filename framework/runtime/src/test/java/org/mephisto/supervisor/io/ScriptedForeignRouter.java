package org.mephisto.supervisor.io;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;

/**
 * What the original's router does on its system side's socket: it takes the socket that says {@code alive} as {@code mephisto} for it,
 * answers a question for statuses, and knows nothing of acknowledgements, headers or batches. Keeps what it is told.
 */
final class ScriptedForeignRouter implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<JsonNode> packets = new LinkedBlockingQueue<>();
    private volatile String statuses = "{}";
    private volatile @Nullable ServerWebSocket system;

    ScriptedForeignRouter(Vertx vertx) throws Exception {
        server = vertx.createHttpServer()
                .webSocketHandler(socket -> socket.textMessageHandler(text -> onText(socket, text)))
                .listen(0, "localhost")
                .await(10, TimeUnit.SECONDS);
    }

    private void onText(ServerWebSocket socket, String text) {
        JsonNode packet = Json.parse(text);
        packets.add(packet);
        switch (packet.path("packet_type").asText()) {
            case "alive" -> system = socket;
            case "request_statuses" ->
                send("{\"packet_type\":\"return_statuses\",\"subject_id\":\"mephisto\",\"data\":" + statuses
                        + ",\"client_timestamp\":" + packet.path("server_timestamp")
                        + ",\"router_incoming_timestamp\":5.5,\"router_outgoing_timestamp\":5.6}");
            default -> {}
        }
    }

    void answerStatuses(String json) {
        statuses = json;
    }

    void send(String packet) {
        ServerWebSocket to = system;
        if (to != null) {
            to.writeTextMessage(packet);
        }
    }

    void cut() {
        ServerWebSocket to = system;
        if (to != null) {
            to.close();
        }
    }

    URI url() {
        return URI.create("http://localhost:" + server.actualPort() + "/");
    }

    JsonNode next() throws InterruptedException {
        JsonNode packet = packets.poll(10, TimeUnit.SECONDS);
        if (packet == null) {
            throw new AssertionError("No packet came.");
        }
        return packet;
    }

    @Override
    public void close() throws TimeoutException {
        server.close().await(10, TimeUnit.SECONDS);
    }
}
