package org.mephisto.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;

/** A page's WebSocket as a test holds it. */
public final class TestSocket implements WebSocket.Listener {
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable WebSocket socket;
    private volatile boolean isReading = true;

    private TestSocket() {}

    public static TestSocket open(HttpClient client, URI router, String query, String... headers) throws Exception {
        TestSocket opened = new TestSocket();
        WebSocket.Builder builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        opened.socket = builder.buildAsync(URI.create("ws" + router.toString().substring(4) + query), opened)
                .get(10, TimeUnit.SECONDS);
        return opened;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(partial.toString());
            partial.setLength(0);
        }
        if (isReading) {
            from.request(1);
        }
        return null;
    }

    /** From the next frame on nothing is read. */
    public void stopReading() {
        isReading = false;
    }

    /** Reads on after {@link #stopReading}. */
    public void readOn() {
        isReading = true;
        opened().request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    public TestSocket send(String frame) throws Exception {
        opened().sendText(frame, true).get(10, TimeUnit.SECONDS);
        return this;
    }

    /** Sends one message in two frames. */
    public TestSocket sendInTwo(String frame) throws Exception {
        int half = frame.length() / 2;
        opened().sendText(frame.substring(0, half), false).get(10, TimeUnit.SECONDS);
        opened().sendText(frame.substring(half), true).get(10, TimeUnit.SECONDS);
        return this;
    }

    /** Sends the beginning of a message, or more of it, but never its end. */
    TestSocket sendUnfinished(String part) throws Exception {
        opened().sendText(part, false).get(10, TimeUnit.SECONDS);
        return this;
    }

    public TestSocket sendPacket(String type, String subject, String data) throws Exception {
        return send("{\"packet_type\":\"" + type + "\",\"subject_id\":\"" + subject + "\",\"data\":" + data
                + ",\"client_timestamp\":1000.5}");
    }

    public void sendBinary(byte[] bytes) throws Exception {
        opened().sendBinary(ByteBuffer.wrap(bytes), true).get(10, TimeUnit.SECONDS);
    }

    /** Sends without minding whether the other end stops reading midway. */
    public void sendUnchecked(String frame) {
        var unused = opened().sendText(frame, true);
    }

    /** Whether the connection ends within the time of a test, with a code or broken. */
    public boolean endsSomehow() throws Exception {
        closed.handle((code, error) -> true).get(10, TimeUnit.SECONDS);
        return true;
    }

    /** The next frame; fails when none comes. */
    public JsonNode next() throws InterruptedException {
        String frame = frames.poll(10, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("No frame came.");
        }
        return Json.parse(frame);
    }

    /** The next frame of a type, past all others that come before it. */
    public JsonNode nextOf(String packetType) throws InterruptedException {
        JsonNode frame = next();
        while (!frame.path("packet_type").asText().equals(packetType)) {
            frame = next();
        }
        return frame;
    }

    /** What is on its way when a heartbeat is sent comes before its answer: everything before it. */
    public boolean hasNothingBeforeTheNextHeartbeat() throws Exception {
        send("{\"packet_type\":\"heartbeat\"}");
        return next().path("packet_type").asText().equals("heartbeat");
    }

    public int closeCode() throws Exception {
        return closed.get(10, TimeUnit.SECONDS);
    }

    public void close() throws Exception {
        opened().sendClose(1000, "bye").get(10, TimeUnit.SECONDS);
        closeCode();
    }

    /** Drops the connection as a broken network does. */
    public void abort() {
        opened().abort();
    }

    private WebSocket opened() {
        WebSocket known = socket;
        if (known == null) {
            throw new IllegalStateException("not open");
        }
        return known;
    }
}
