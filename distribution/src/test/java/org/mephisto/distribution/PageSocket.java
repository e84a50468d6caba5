package org.mephisto.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;

/** A page's WebSocket that keeps the statuses it is told. */
final class PageSocket implements AutoCloseable, WebSocket.Listener {
    private final BlockingQueue<String> statuses = new LinkedBlockingQueue<>();
    private final StringBuilder frame = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable WebSocket socket;

    private PageSocket() {}

    /** Opens the socket of an agent's page and waits until the router knows whose it is. */
    static PageSocket open(URI page, String agentId) throws InterruptedException {
        PageSocket opened = new PageSocket();
        URI address = URI.create("ws://" + page.getAuthority() + "/");
        WebSocket socket =
                opened.http.newWebSocketBuilder().buildAsync(address, opened).join();
        opened.socket = socket;
        socket.sendText(Json.write(Json.object().put("packet_type", "alive").put("subject_id", agentId)), true)
                .join();
        opened.awaitStatus();
        return opened;
    }

    /** The next status. */
    String awaitStatus() throws InterruptedException {
        String status = statuses.poll(30, TimeUnit.SECONDS);
        if (status == null) {
            throw new AssertionError("No status has come for 30 s.");
        }
        return status;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        frame.append(data);
        if (last) {
            JsonNode packet = Json.parse(frame.toString());
            if (packet.path("packet_type").asText().equals("update_status")) {
                statuses.add(packet.at("/data/status").asText());
            }
            frame.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
        http.shutdownNow();
    }
}
