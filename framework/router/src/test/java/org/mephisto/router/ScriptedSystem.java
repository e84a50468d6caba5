package org.mephisto.router;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.ChannelListener;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** A system side that keeps every packet and answers as a test tells it; by default it accepts everything and knows {@code agent-1}. */
public final class ScriptedSystem implements ChannelListener {
    private final BlockingQueue<Packet> packets = new LinkedBlockingQueue<>();
    private final BlockingQueue<Packet> alive = new LinkedBlockingQueue<>();
    private volatile BiConsumer<Channel, Packet> script = ScriptedSystem::acceptAll;

    @Override
    public void onPacket(Channel channel, Packet packet) {
        (packet.type() == PacketType.ALIVE ? alive : packets).add(packet);
        script.accept(channel, packet);
    }

    public void answerWith(BiConsumer<Channel, Packet> changed) {
        script = changed;
    }

    public static void acceptAll(Channel channel, Packet packet) {
        switch (packet.type()) {
            case REGISTER_AGENT, SUBMIT_ONBOARDING -> channel.enqueueSend(details(packet, "agent-1"));
            case SUBMIT_UNIT, SUBMIT_METADATA ->
                channel.enqueueSend(Packet.of(
                        PacketType.ACKNOWLEDGE,
                        packet.subjectId(),
                        JsonValue.of(Json.object().put("request_id", requestId(packet)))));
            case ALIVE -> {
                if (packet.subjectId().equals("agent-1")) {
                    channel.enqueueSend(Packet.of(PacketType.ALIVE, packet.subjectId(), JsonValue.emptyObject()));
                }
            }
            default -> {}
        }
    }

    public static Packet details(Packet question, String agentId) {
        return Packet.of(
                PacketType.AGENT_DETAILS,
                requestId(question),
                JsonValue.of(Json.object()
                        .put("request_id", requestId(question))
                        .put("worker_id", "worker-1")
                        .put("agent_id", agentId)
                        .set("init_task_data", Json.object().put("sentence", "Grüße"))));
    }

    public static Packet refusal(Packet question, int status, String code, String message) {
        return Packet.of(
                PacketType.ACKNOWLEDGE,
                question.subjectId(),
                JsonValue.of(Json.object()
                        .put("request_id", requestId(question))
                        .set(
                                "error",
                                Json.object()
                                        .put("code", code)
                                        .put("message", message)
                                        .put("status", status))));
    }

    public static String requestId(Packet packet) {
        return packet.data().node().path("request_id").asText();
    }

    /** The next packet that is not {@link PacketType#ALIVE}; fails when none comes. */
    public Packet next() throws InterruptedException {
        return next(packets);
    }

    /** The next packet that is not {@link PacketType#ALIVE}, if one comes in time. */
    Optional<Packet> poll(Duration patience) throws InterruptedException {
        return Optional.ofNullable(packets.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The next question for an agent; fails when none comes. */
    public Packet nextAlive() throws InterruptedException {
        return next(alive);
    }

    private static Packet next(BlockingQueue<Packet> queue) throws InterruptedException {
        Packet packet = queue.poll(10, TimeUnit.SECONDS);
        if (packet == null) {
            throw new AssertionError("No packet came.");
        }
        return packet;
    }

    /** What has come and was not taken yet. */
    public List<Packet> rest() {
        List<Packet> rest = new ArrayList<>();
        packets.drainTo(rest);
        return rest;
    }
}
