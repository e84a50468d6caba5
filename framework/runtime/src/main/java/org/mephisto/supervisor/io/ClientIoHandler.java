package org.mephisto.supervisor.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.mephisto.logging.Logging;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.SubmittedFile;
import org.mephisto.spi.error.ErrorCategory;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.ChannelListener;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.mephisto.supervisor.pool.AgentDetails;
import org.mephisto.supervisor.pool.AgentDetails.Refused;
import org.mephisto.supervisor.pool.AgentDetails.Registered;
import org.mephisto.supervisor.pool.WorkerPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the packets of one job's channels into calls of its worker pool, and answers. Thread-safe. Packets that need the database run on
 * a virtual thread each, at most {@link #MOST_AT_ONCE} at once; one more is answered with "try again" at once.
 */
public final class ClientIoHandler implements ChannelListener {
    /** Packets of one job that may be waiting for the database. */
    static final int MOST_AT_ONCE = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(ClientIoHandler.class);
    private static final String REQUEST_ID = "request_id";
    private static final double MICROS_PER_SECOND = 1e6;

    private final WorkerPool pool;
    private final long taskRunId;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /** @param taskRunId names the run in log lines */
    public ClientIoHandler(WorkerPool pool, long taskRunId) {
        this.pool = pool;
        this.taskRunId = taskRunId;
    }

    /** Takes no more packets, and waits until those under way have been answered. Blocks; called once. */
    public void drain() {
        room.acquireUninterruptibly(MOST_AT_ONCE);
    }

    @Override
    public void onPacket(Channel channel, Packet packet) {
        switch (packet.type()) {
            case REGISTER_AGENT -> handOver(channel, packet, this::register);
            case SUBMIT_UNIT -> handOver(channel, packet, this::submitUnit);
            case SUBMIT_METADATA -> handOver(channel, packet, this::submitMetadata);
            case SUBMIT_ONBOARDING -> handOver(channel, packet, this::submitOnboarding);
            case MEPHISTO_BOUND_LIVE_UPDATE -> receive(packet);
            case ERROR ->
                LOG.warn("A page reports an error: {}", shortened(packet.data().text()));
            case ALIVE -> handOver(channel, packet, (from, alive) -> pool.resumePage(alive.subjectId()));
            case RETURN_STATUSES -> handOver(channel, packet, this::takeStatuses);
            case HEARTBEAT -> LOG.trace("{} on channel {}.", packet.type(), channel.name());
            case AGENT_DETAILS, CLIENT_BOUND_LIVE_UPDATE, UPDATE_STATUS, REQUEST_STATUSES, ACKNOWLEDGE, FLOW_CONTROL ->
                LOG.warn(
                        "Channel {} sent a packet {} that only the system side sends; it is dropped.",
                        channel.name(),
                        packet.type());
        }
    }

    private interface Handler {
        void handle(Channel channel, Packet packet);
    }

    private void handOver(Channel channel, Packet packet, Handler handler) {
        if (!room.tryAcquire()) {
            refuse(
                    channel,
                    packet,
                    new MephistoException(
                            ErrorCode.UNAVAILABLE, "Too many people at once. Please try again in a minute."));
            return;
        }
        Thread.ofVirtual().name(packet.type().word()).start(() -> {
            Logging.enterRun(taskRunId);
            try {
                handler.handle(channel, packet);
            } catch (MephistoException e) {
                if (e.code().category() != ErrorCategory.USER) {
                    LOG.error("A packet {} failed.", packet.type(), e);
                }
                refuse(channel, packet, e);
            } catch (RuntimeException e) {
                LOG.error("A packet {} failed.", packet.type(), e);
                refuse(
                        channel,
                        packet,
                        new MephistoException(ErrorCode.INTERNAL, FailureReason.SERVER_ERROR.sentence(), e));
            } finally {
                room.release();
            }
        });
    }

    private void register(Channel channel, Packet packet) {
        ObjectNode data = packet.data().object();
        JsonValue providerData = JsonValue.of(data.path("provider_data"));
        sendDetails(channel, packet, pool.registerAgent(providerData));
    }

    private void submitUnit(Channel channel, Packet packet) {
        JsonNode data = packet.data().node();
        pool.submitUnit(packet.subjectId(), JsonValue.of(data.path("final_data")), files(data));
        acknowledge(channel, packet);
    }

    private void submitMetadata(Channel channel, Packet packet) {
        JsonNode data = packet.data().node();
        pool.submitMetadata(packet.subjectId(), JsonValue.of(data.path("metadata")), files(data));
        acknowledge(channel, packet);
    }

    private void submitOnboarding(Channel channel, Packet packet) {
        JsonValue data = JsonValue.of(packet.data().node().path("onboarding_data"));
        sendDetails(channel, packet, pool.submitOnboarding(packet.subjectId(), data));
    }

    /** Of all that a router says of its agents only one thing is news: that a page has gone away. */
    private void takeStatuses(Channel channel, Packet packet) {
        packet.data().object().properties().forEach(each -> {
            if (each.getValue().asText().equals(AgentStatus.DISCONNECT.word())) {
                pool.pageSilent(each.getKey());
            }
        });
    }

    private void receive(Packet packet) {
        String updateId = packet.data()
                .string("update_id")
                .orElseGet(() -> UUID.randomUUID().toString());
        pool.receive(packet.subjectId(), new LiveUpdate(updateId, true, sentAt(packet), packet.data()));
    }

    private static Instant sentAt(Packet packet) {
        double seconds = packet.timestamps().client();
        return Double.isNaN(seconds)
                ? Instant.now()
                : Instant.EPOCH.plus((long) (seconds * MICROS_PER_SECOND), ChronoUnit.MICROS);
    }

    private static List<SubmittedFile> files(JsonNode data) {
        List<SubmittedFile> files = new ArrayList<>();
        for (JsonNode file : data.path("files")) {
            files.add(Json.MAPPER.convertValue(file, SubmittedFile.class));
        }
        return files;
    }

    private static void sendDetails(Channel channel, Packet packet, AgentDetails details) {
        ObjectNode data = Json.object();
        data.set(REQUEST_ID, packet.data().node().path(REQUEST_ID));
        String subject = packet.subjectId();
        switch (details) {
            case Registered registered -> {
                data.put("agent_id", registered.agentId());
                data.put("status", registered.status().word());
                data.put("worker_id", Long.toString(registered.workerId()));
                data.putNull("failure_reason");
                data.set("init_task_data", registered.initTaskData().node());
            }
            case Refused refused -> {
                data.putNull("agent_id");
                data.put(
                        "worker_id",
                        refused.workerId().isPresent()
                                ? Long.toString(refused.workerId().getAsLong())
                                : null);
                data.put("failure_reason", refused.sentence());
                data.put("failure_code", refused.reason().name());
                data.putNull("init_task_data");
            }
        }
        channel.enqueueSend(Packet.of(PacketType.AGENT_DETAILS, subject, JsonValue.of(data)));
    }

    private static void acknowledge(Channel channel, Packet packet) {
        ObjectNode data = Json.object();
        data.set(REQUEST_ID, packet.data().node().path(REQUEST_ID));
        channel.enqueueSend(Packet.of(PacketType.ACKNOWLEDGE, packet.subjectId(), JsonValue.of(data)));
    }

    private static void refuse(Channel channel, Packet packet, MephistoException error) {
        switch (packet.type()) {
            case REGISTER_AGENT, SUBMIT_ONBOARDING ->
                sendDetails(
                        channel,
                        packet,
                        new Refused(
                                OptionalLong.empty(),
                                FailureReason.SERVER_ERROR,
                                FailureReason.SERVER_ERROR.sentence()));
            case SUBMIT_UNIT, SUBMIT_METADATA -> {
                ObjectNode data = Json.object();
                data.set(REQUEST_ID, packet.data().node().path(REQUEST_ID));
                data.putObject("error")
                        .put("code", error.code().name())
                        .put("message", error.getMessage())
                        .put("status", error.code().httpStatus());
                channel.enqueueSend(Packet.of(PacketType.ACKNOWLEDGE, packet.subjectId(), JsonValue.of(data)));
            }
            case ALIVE,
                    AGENT_DETAILS,
                    CLIENT_BOUND_LIVE_UPDATE,
                    MEPHISTO_BOUND_LIVE_UPDATE,
                    UPDATE_STATUS,
                    REQUEST_STATUSES,
                    RETURN_STATUSES,
                    ERROR,
                    HEARTBEAT,
                    FLOW_CONTROL,
                    ACKNOWLEDGE -> {
                // nobody waits for an answer
            }
        }
    }

    private static String shortened(String text) {
        return text.length() <= 2000 ? text : text.substring(0, 2000) + " ...";
    }
}
