package org.mephisto.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.mephisto.spi.json.Json;

/**
 * The live side of a worker's page: one agent's WebSocket. Frames are kept in the order in which they came, over reconnections too, until
 * somebody takes them. Nothing is sent by itself, no heartbeat either, so that a test decides whether the page is there. Thread-safe.
 *
 * <pre>{@code
 * try (SimulatedPage page = run.worker("ann").register().openPage()) {
 *     page.sendLiveUpdate(Map.of("text", "hello"));
 *     JsonNode answer = page.awaitLiveUpdate();
 * }
 * }</pre>
 */
public final class SimulatedPage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI address;
    private final String agentId;
    private final ReceivedFrames frames = new ReceivedFrames();
    private volatile WebSocket socket;

    SimulatedPage(HttpClient http, URI taskUrl, String agentId) {
        this.http = http;
        this.address = URI.create("ws" + taskUrl.resolve("/").toString().substring("http".length()));
        this.agentId = agentId;
        this.socket = open();
    }

    private WebSocket open() {
        WebSocket opened = get(http.newWebSocketBuilder().buildAsync(address, frames.ofOneSocket()));
        socket = opened;
        sendPacket("alive", Json.object().put("update_id", UUID.randomUUID().toString()));
        return opened;
    }

    /** Sends an update with a fresh {@code update_id}, if it has none; returns the id. */
    public String sendLiveUpdate(Map<String, ?> data) {
        return sendLiveUpdate(data, System.currentTimeMillis() / 1000.0);
    }

    /** Likewise, stamped with this time of the page's clock, in seconds since 1970. */
    public String sendLiveUpdate(Map<String, ?> data, double clientTimestamp) {
        ObjectNode update = (ObjectNode) Json.toNode(data);
        if (!update.path("update_id").isTextual()) {
            update.put("update_id", UUID.randomUUID().toString());
        }
        sendPacket("mephisto_bound_live_update", update, clientTimestamp);
        return update.path("update_id").textValue();
    }

    /** Sends any packet of this agent's. */
    public void sendPacket(String packetType, JsonNode data) {
        sendPacket(packetType, data, System.currentTimeMillis() / 1000.0);
    }

    private void sendPacket(String packetType, JsonNode data, double clientTimestamp) {
        ObjectNode packet = Json.object().put("packet_type", packetType).put("subject_id", agentId);
        packet.set("data", data);
        sendText(Json.write(packet.put("client_timestamp", clientTimestamp)));
    }

    /** Sends one text frame as it is. */
    public synchronized void sendText(String frame) {
        get(socket.sendText(frame, true).toCompletableFuture());
    }

    /**
     * Says that the page is there, and waits for the router's answer; all that was sent to the page before has come then. What the page has sent
     * before is with the task then, too, if the page had been told its status ({@link #awaitStatus}); until that the router may keep it.
     */
    public JsonNode heartbeat() {
        sendPacket("heartbeat", Json.object());
        return awaitPacket("heartbeat");
    }

    /** Takes the data of the next live update; waits for it up to ten seconds. */
    public JsonNode awaitLiveUpdate() {
        return awaitLiveUpdate(update -> true);
    }

    /** Takes the data of the next live update that fits; those before it stay. */
    public JsonNode awaitLiveUpdate(Predicate<JsonNode> fits) {
        return frames.take(
                        packet -> isOf(packet, "client_bound_live_update") && fits.test(packet.path("data")), PATIENCE)
                .path("data");
    }

    /** Waits until the page is told this status, such as {@code waiting}. */
    public void awaitStatus(String status) {
        frames.take(
                packet -> isOf(packet, "update_status")
                        && packet.path("data").path("status").asText().equals(status),
                PATIENCE);
    }

    /** Takes the next packet of this type; those of other types stay. */
    public JsonNode awaitPacket(String packetType) {
        return frames.take(packet -> isOf(packet, packetType), PATIENCE);
    }

    /** Whether a live update has come that nobody has taken; {@link #heartbeat} first, and nothing is still on its way. */
    public boolean hasLiveUpdate() {
        return frames.has(packet -> isOf(packet, "client_bound_live_update"));
    }

    /** Whether a packet of this type has come that nobody has taken. */
    public boolean hasPacket(String packetType) {
        return frames.has(packet -> isOf(packet, packetType));
    }

    private static boolean isOf(JsonNode packet, String packetType) {
        return packet.path("packet_type").asText().equals(packetType);
    }

    /** Drops the connection as a broken network does, without a word. */
    public void cut() {
        socket.abort();
    }

    /** Opens a new socket for the same agent, after {@link #cut} or instead of the one that is open. */
    public void reconnect() {
        socket.abort();
        open();
    }

    /** Leaves as a closed browser tab does. */
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            get(socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(alreadyGone -> socket));
        }
        socket.abort();
    }

    private <T> T get(java.util.concurrent.CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The router's socket at " + address + " cannot be used: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
