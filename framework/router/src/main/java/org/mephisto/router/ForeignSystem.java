package org.mephisto.router;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A system side that speaks the original's dialect: one packet a message, and of the packets only the original's, in their original
 * shapes. It acknowledges nothing, so what it was sent counts as taken when it has answered the ping that follows: then its process has
 * it. Whether it also stores it is its own affair. Confined to the router's event loop.
 */
final class ForeignSystem implements SystemSide {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignSystem.class);
    private static final int QUEUE_BYTES = 64 << 20;
    /** The original's client closes its connection at a larger message, and so at every time that it is sent again. */
    private static final int MESSAGE_BYTES = 1 << 20;

    private static final long PING_MILLIS = 4_000;
    private static final long SILENCE_MILLIS = 20_000;
    private static final FieldNames PAYLOADS =
            new FieldNames("final_data", "metadata", "error_data", "files", "filesByFields");
    private static final int FILES = 3;
    private static final int FILES_BY_FIELDS = 4;

    private final ServerWebSocket socket;
    private final Relay relay;
    /** Written, in order; the first {@link #covered} of them before the ping that is under way. */
    private final ArrayDeque<SystemSide.Untaken> written = new ArrayDeque<>();

    private int covered;
    private long pings;
    private boolean pinging;
    private long lastSignOfLife = System.currentTimeMillis();
    private long lastPing = lastSignOfLife;

    ForeignSystem(ServerWebSocket socket, Relay relay) {
        this.socket = socket;
        this.relay = relay;
        socket.setWriteQueueMaxSize(QUEUE_BYTES);
        socket.textMessageHandler(this::onText);
        socket.pongHandler(this::onPong);
        socket.exceptionHandler(e -> LOG.warn("The system side's socket failed: {}", e.getMessage()));
        socket.closeHandler(closed -> {
            LOG.info("The system side has disconnected.");
            relay.detach(this);
        });
    }

    private void onText(String text) {
        lastSignOfLife = System.currentTimeMillis();
        if (!relay.isAttached(this)) {
            return;
        }
        try {
            relay.fromSystem(this, PacketCodec.read(text));
        } catch (MephistoException e) {
            LOG.warn("A packet of the system side is dropped: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A packet of the system side is dropped.", e);
        }
    }

    @Override
    public boolean send(Packet packet) {
        if (socket.isClosed() || socket.writeQueueFull()) {
            return false;
        }
        JsonValue payload = switch (packet.type()) {
            case SUBMIT_UNIT -> payload(packet, 0);
            case SUBMIT_METADATA -> payload(packet, 1);
            case ERROR -> payload(packet, 2);
            case SUBMIT_ONBOARDING -> onboarding(packet.data());
            default -> packet.data();
        };
        String message = PacketCodec.write(stamped(packet, payload));
        if (isTooLarge(message)) {
            refuse(packet);
            return true;
        }
        socket.writeTextMessage(message);
        if (packet.type() == PacketType.SUBMIT_UNIT || packet.type() == PacketType.SUBMIT_METADATA) {
            awaitArrival(packet, (sent, taken) -> acknowledge(sent));
        }
        return true;
    }

    private static Packet stamped(Packet packet, JsonValue payload) {
        Packet.Timestamps times = packet.timestamps();
        return new Packet(
                packet.type(),
                packet.subjectId(),
                payload,
                new Packet.Timestamps(
                        times.client(), times.routerIncoming(), System.currentTimeMillis() / 1000.0, times.server()));
    }

    private static boolean isTooLarge(String message) {
        return message.length() > MESSAGE_BYTES
                || (message.length() > MESSAGE_BYTES / 3
                        && message.getBytes(StandardCharsets.UTF_8).length > MESSAGE_BYTES);
    }

    private void refuse(Packet packet) {
        LOG.warn(
                "A packet of type \"{}\" is larger than the {} bytes that a system side of this kind takes; it is refused.",
                packet.type().word(),
                MESSAGE_BYTES);
        ObjectNode answer = Json.object().put("request_id", requestId(packet));
        answer.putObject("error")
                .put("code", ErrorCode.TOO_LARGE.name())
                .put("status", ErrorCode.TOO_LARGE.httpStatus())
                .put(
                        "message",
                        "This is more than the system behind this task takes at once (1 MiB); nothing was saved.");
        relay.fromSystem(this, Packet.of(PacketType.ACKNOWLEDGE, packet.subjectId(), JsonValue.of(answer)));
    }

    /** A page may submit nothing; the original's backend expects an object. */
    private static JsonValue onboarding(JsonValue data) {
        if (!data.node().path("onboarding_data").isNull()) {
            return data;
        }
        ObjectNode filled = data.object().deepCopy();
        filled.putObject("onboarding_data");
        return JsonValue.of(filled);
    }

    /** What the worker sent, and beside its own fields the files that came with it. */
    private static JsonValue payload(Packet packet, int field) {
        JsonScan data = JsonScan.object("The packet's data", packet.data().text(), PAYLOADS);
        if (!data.isPresent(field)) {
            return packet.data();
        }
        String payload = data.raw(field);
        if (!data.isObject(field) || !data.isPresent(FILES)) {
            return JsonValue.ofText(payload);
        }
        String rest = payload.substring(1).stripLeading();
        StringBuilder json = new StringBuilder(payload.length() + 256).append("{\"files\":");
        data.appendRaw(FILES, json);
        data.appendRaw(FILES_BY_FIELDS, json.append(",\"filesByFields\":"));
        return JsonValue.ofText(
                json.append(rest.startsWith("}") ? "" : ",").append(rest).toString());
    }

    private static @Nullable String requestId(Packet packet) {
        return packet.data().string("request_id").orElse(null);
    }

    private void acknowledge(Packet sent) {
        relay.fromSystem(
                this,
                Packet.of(
                        PacketType.ACKNOWLEDGE,
                        sent.subjectId(),
                        JsonValue.of(Json.object().put("request_id", requestId(sent)))));
    }

    @Override
    public boolean send(Packet packet, Settled settled) {
        if (!send(packet)) {
            return false;
        }
        awaitArrival(packet, settled);
        return true;
    }

    private void awaitArrival(Packet packet, Settled settled) {
        written.add(new SystemSide.Untaken(packet, settled));
        if (!pinging) {
            ping();
        }
    }

    private void ping() {
        pinging = true;
        covered = written.size();
        lastPing = System.currentTimeMillis();
        socket.writePing(Buffer.buffer(Long.toString(++pings)));
    }

    private void onPong(Buffer pong) {
        lastSignOfLife = System.currentTimeMillis();
        if (!pinging || !pong.toString().equals(Long.toString(pings))) {
            return;
        }
        pinging = false;
        for (; covered > 0; covered--) {
            SystemSide.Untaken taken = written.remove();
            taken.settled().accept(taken.packet(), true);
        }
        if (!written.isEmpty()) {
            ping();
        }
    }

    @Override
    public List<SystemSide.Untaken> removeUntaken() {
        List<SystemSide.Untaken> all = new ArrayList<>(written);
        written.clear();
        covered = 0;
        return all;
    }

    @Override
    public boolean keepsUpdates() {
        return false;
    }

    @Override
    public boolean isThere() {
        return !socket.isClosed();
    }

    @Override
    public long lastSignOfLife(long now) {
        return lastSignOfLife;
    }

    @Override
    public void tick(long now) {
        if (now - lastSignOfLife > SILENCE_MILLIS) {
            LOG.warn("The system side has been silent for {} s and is disconnected.", SILENCE_MILLIS / 1000);
            relay.detach(this);
            socket.close();
        } else if (!pinging && now - lastPing >= PING_MILLIS) {
            ping();
        }
    }

    @Override
    public void dismiss(Farewell farewell) {
        socket.close(farewell.code(), farewell.reason());
    }
}
