package org.mephisto.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The server's end of a page's WebSocket: answers as its {@link LiveManners} say, and keeps what else it gets for the test. Thread-safe. */
public final class LiveSocket {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;

    private final Socket connection;
    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();
    private final BlockingQueue<JsonNode> heartbeats = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> others = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile LiveManners manners;
    private volatile boolean isClosing;

    private LiveSocket(Socket connection, InputStream in, LiveManners manners) throws IOException {
        this.connection = connection;
        this.in = new DataInputStream(in);
        this.out = connection.getOutputStream();
        this.manners = manners;
    }

    static LiveSocket accept(Socket connection, InputStream in, String head, LiveManners manners) throws IOException {
        Matcher key = KEY.matcher(head);
        if (!key.find()) {
            throw new IOException("no key");
        }
        LiveSocket socket = new LiveSocket(connection, in, manners);
        socket.out.write(
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                + accept(key.group(1)) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String accept(String key) {
        try {
            byte[] text = (key + SALT).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes what the socket does by itself from now on. */
    public void behave(LiveManners other) {
        manners = other;
    }

    /** The next packet that is no heartbeat; fails when none comes. */
    public JsonNode next() throws InterruptedException {
        return require(others.poll(15, TimeUnit.SECONDS));
    }

    /** The data of the next live update, past what else comes. */
    public JsonNode nextUpdate() throws InterruptedException {
        for (; ; ) {
            JsonNode packet = next();
            if (packet.path("packet_type").asText().equals("mephisto_bound_live_update")) {
                return packet.path("data");
            }
        }
    }

    public List<JsonNode> next(int count) throws InterruptedException {
        List<JsonNode> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            packets.add(next());
        }
        return packets;
    }

    public JsonNode nextHeartbeat() throws InterruptedException {
        return require(heartbeats.poll(15, TimeUnit.SECONDS));
    }

    /** Whether nothing but heartbeats came before the next of them. */
    public boolean isQuietUntilTheNextHeartbeat() throws InterruptedException {
        heartbeats.clear();
        nextHeartbeat();
        return others.isEmpty();
    }

    /** Whether the page, or the network, ends the connection within the time of a test. */
    public boolean closes() throws InterruptedException {
        return closed.await(15, TimeUnit.SECONDS);
    }

    private static JsonNode require(@Nullable JsonNode packet) {
        if (packet == null) {
            throw new AssertionError("The page sent nothing.");
        }
        return packet;
    }

    public void send(String type, String data) throws IOException {
        frame(
                TEXT,
                ("{\"packet_type\":\"" + type + "\",\"subject_id\":\"agent-1\",\"data\":" + data + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    public void sendUpdate(String data) throws IOException {
        send("client_bound_live_update", data);
    }

    public void sendStatus(String status) throws IOException {
        send("update_status", "{\"status\":\"" + status + "\"}");
    }

    public void acknowledge(String... updateIds) throws IOException {
        send(
                "acknowledge",
                JSON.createObjectNode()
                        .set("update_ids", JSON.valueToTree(updateIds))
                        .toString());
    }

    /** Closes with a code, as a server does. */
    public void close(int code) throws IOException {
        isClosing = true;
        frame(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    /** Ends the connection without a word. */
    public void cut() throws IOException {
        connection.close();
    }

    void read() throws IOException {
        try {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (; ; ) {
                int first = in.readUnsignedByte();
                byte[] payload = payload();
                int opcode = first & 0xf;
                if (opcode == CLOSE) {
                    if (!isClosing) {
                        frame(CLOSE, payload);
                    }
                    return;
                } else if (opcode == PING) {
                    frame(PING + 1, payload);
                } else {
                    message.write(payload);
                    if ((first & 0x80) != 0) {
                        accept(JSON.readTree(message.toByteArray()));
                        message.reset();
                    }
                }
            }
        } catch (EOFException e) {
            connection.close();
        } finally {
            closed.countDown();
        }
    }

    private byte[] payload() throws IOException {
        int second = in.readUnsignedByte();
        int length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    private void accept(JsonNode packet) throws IOException {
        LiveManners now = manners;
        Long ping = now.ping();
        switch (packet.path("packet_type").asText()) {
            case "heartbeat" -> {
                heartbeats.add(packet);
                if (ping != null) {
                    long clock = Math.round(packet.path("client_timestamp").asDouble() * 1000);
                    send("heartbeat", "{\"last_mephisto_ping\":" + (clock - ping) + "}");
                }
            }
            case "alive" -> {
                others.add(packet);
                if (now.status() != null) {
                    sendStatus(now.status());
                }
            }
            default -> {
                others.add(packet);
                if (now.acknowledges()) {
                    acknowledge(packet.at("/data/update_id").asText());
                }
            }
        }
    }

    private void frame(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 4);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else {
            frame.put((byte) 126).putShort((short) payload.length);
        }
        frame.put(payload);
        writing.lock();
        try {
            out.write(frame.array(), 0, frame.position());
            out.flush();
        } finally {
            writing.unlock();
        }
    }
}
