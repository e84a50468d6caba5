package org.mephisto.supervisor.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.WebSocket;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.mephisto.router.PacketCodec;
import org.mephisto.router.PacketRoom;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A router that speaks the original's dialect: one packet a message, none confirmed, and of the packets only the original's. It is asked
 * for its agents' statuses every few seconds, by which its pages know that the system side is there. A submission is its payload alone,
 * and comes without an id because nobody waits for its acknowledgement.
 */
final class ForeignRouter implements RouterLine {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignRouter.class);
    private static final List<String> FILE_FIELDS = List.of("files", "filesByFields");
    private static final long SILENCE_MILLIS = 20_000;

    private final WebSocket socket;
    private final PacketRoom room;
    private long lastSignOfLife = System.currentTimeMillis();

    ForeignRouter(WebSocket socket, PacketRoom room, Consumer<RouterLine> whenWritable) {
        this.socket = socket;
        this.room = room;
        socket.drainHandler(ready -> whenWritable.accept(this));
    }

    /** What such a router must be asked, at first to find out what it is, then again and again. */
    static String question() {
        return PacketCodec.write(
                stamped(Packet.of(PacketType.REQUEST_STATUSES, Packet.SYSTEM, JsonValue.emptyObject())));
    }

    private static Packet stamped(Packet packet) {
        Packet.Timestamps times = packet.timestamps();
        return new Packet(
                packet.type(),
                packet.subjectId(),
                packet.data(),
                new Packet.Timestamps(
                        times.client(),
                        times.routerIncoming(),
                        times.routerOutgoing(),
                        System.currentTimeMillis() / 1000.0));
    }

    @Override
    public void receive(String message, Consumer<Packet> taker) {
        lastSignOfLife = System.currentTimeMillis();
        try {
            taker.accept(asOurs(PacketCodec.read(message)));
        } catch (MephistoException e) {
            LOG.warn("A packet of the router is dropped: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The system side failed at a packet of the router, which is dropped.", e);
        }
    }

    private static Packet asOurs(Packet packet) {
        return switch (packet.type()) {
            case SUBMIT_UNIT -> submission(packet, "final_data");
            case SUBMIT_METADATA -> submission(packet, "metadata");
            case SUBMIT_ONBOARDING -> onboarding(packet);
            default -> packet;
        };
    }

    /** It makes an empty object of what a page has not submitted. */
    private static Packet onboarding(Packet packet) {
        JsonNode given = packet.data().node().path("onboarding_data");
        if (!given.isObject() || !given.isEmpty()) {
            return packet;
        }
        ObjectNode data = packet.data().object().deepCopy();
        data.putNull("onboarding_data");
        return new Packet(packet.type(), packet.subjectId(), JsonValue.of(data), packet.timestamps());
    }

    private static Packet submission(Packet packet, String payloadName) {
        ObjectNode data = Json.object();
        JsonNode payload = packet.data().node();
        if (payload instanceof ObjectNode object && hasFiles(object)) {
            data.set("files", files(object.path("files")));
            payload = object.deepCopy().without(FILE_FIELDS);
        }
        data.set(payloadName, payload);
        return new Packet(packet.type(), packet.subjectId(), JsonValue.of(data), packet.timestamps());
    }

    /** A worker's own field may have that name too. */
    private static boolean hasFiles(ObjectNode payload) {
        JsonNode files = payload.path("files");
        boolean areFiles = files.isArray();
        for (JsonNode file : files) {
            areFiles &=
                    file.path("filename").isTextual() && file.path("fieldname").isTextual();
        }
        return areFiles;
    }

    /** Without what only the machine of the router knows. */
    private static JsonNode files(JsonNode theirs) {
        ArrayNode files = Json.array();
        for (JsonNode file : theirs) {
            files.addObject()
                    .put("filename", file.path("filename").asText())
                    .put("originalname", file.path("originalname").asText())
                    .put("fieldname", file.path("fieldname").asText())
                    .put("mimetype", file.path("mimetype").asText())
                    .put("size", file.path("size").asLong());
        }
        return files;
    }

    @Override
    public void send(Queue<Packet> waiting) {
        while (!socket.isClosed() && !socket.writeQueueFull()) {
            Packet next = waiting.poll();
            if (next == null) {
                return;
            }
            write(next);
        }
    }

    @Override
    public void sendAll(Queue<Packet> waiting) {
        for (Packet next = waiting.poll(); next != null; next = waiting.poll()) {
            write(next);
        }
    }

    private void write(Packet packet) {
        room.release(packet);
        switch (packet.type()) {
            case CLIENT_BOUND_LIVE_UPDATE, UPDATE_STATUS -> writeText(packet);
            case AGENT_DETAILS -> {
                writeText(packet);
                writeStatus(packet);
            }
            case ALIVE,
                    REGISTER_AGENT,
                    SUBMIT_ONBOARDING,
                    SUBMIT_UNIT,
                    SUBMIT_METADATA,
                    MEPHISTO_BOUND_LIVE_UPDATE,
                    REQUEST_STATUSES,
                    RETURN_STATUSES,
                    ERROR,
                    HEARTBEAT,
                    ACKNOWLEDGE,
                    FLOW_CONTROL -> {
                // It would take some of them for a page's; others it does not know.
            }
        }
    }

    /** It learns an agent's status from nothing else, and watches only over those that it takes to be at work. */
    private void writeStatus(Packet details) {
        JsonNode data = details.data().node();
        if (data.path("agent_id").isTextual() && data.path("status").isTextual()) {
            writeText(Packet.of(
                    PacketType.UPDATE_STATUS,
                    data.path("agent_id").asText(),
                    JsonValue.of(Json.object().put("status", data.path("status").asText()))));
        }
    }

    private void writeText(Packet packet) {
        writeText(PacketCodec.write(stamped(packet)));
    }

    private void writeText(String message) {
        socket.writeTextMessage(message)
                .onFailure(e -> LOG.debug("A packet was not sent to its end: {}", e.getMessage()));
    }

    @Override
    public boolean isHeard(long now) {
        writeText(question());
        return now - lastSignOfLife <= SILENCE_MILLIS;
    }

    @Override
    public void disconnected() {
        // What was on its way is lost; such a router cannot tell what it has.
    }
}
