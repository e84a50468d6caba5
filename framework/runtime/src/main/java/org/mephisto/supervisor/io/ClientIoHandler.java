package org.mephisto.supervisor.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.mephisto.journal.UpdateJournal;
import org.mephisto.logging.Logging;
import org.mephisto.router.PacketCodec;
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
import org.mephisto.supervisor.pool.PageQuestion;
import org.mephisto.supervisor.pool.WorkerPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the packets of one job's channels into calls of its worker pool, and answers. Thread-safe. Packets that need the database run on
 * a virtual thread each, at most {@link #MOST_AT_ONCE} at once; one more is answered with "try again" at once. Those that came together are
 * started together, as waking the processors for each costs a third more.
 */
public final class ClientIoHandler implements ChannelListener {
    /** Packets of one job that may be waiting for the database. */
    static final int MOST_AT_ONCE = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(ClientIoHandler.class);
    private static final String REQUEST_ID = "request_id";
    private static final String FILES = "files";
    private static final double MICROS_PER_SECOND = 1e6;

    private final WorkerPool pool;
    private final long taskRunId;
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
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
            case ALIVE -> handOver(channel, packet, this::resumePage);
            case RETURN_STATUSES -> handOver(channel, packet, this::takeStatuses);
            case HEARTBEAT -> LOG.trace("{} on channel {}.", packet.type(), channel.name());
            case AGENT_DETAILS, CLIENT_BOUND_LIVE_UPDATE, UPDATE_STATUS, REQUEST_STATUSES, ACKNOWLEDGE, FLOW_CONTROL ->
                LOG.warn(
                        "Channel {} sent a packet {} that only the system side sends; it is dropped.",
                        channel.name(),
                        packet.type());
        }
    }

    @Override
    public void onPause(Channel channel) {
        pool.wakeReaders();
        for (Thread next = waiting.poll(); next != null; next = waiting.poll()) {
            next.start();
        }
    }

    /** The router may be a new one, and has then to be told whose pages it is to watch. */
    @Override
    public void onReconnect(Channel channel) {
        Thread.ofVirtual().name("announce-" + taskRunId).start(() -> {
            Logging.enterRun(taskRunId);
            pool.announce();
        });
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
        waiting.add(Thread.ofVirtual().name(packet.type().word()).unstarted(() -> {
            Logging.enterRun(taskRunId);
            try {
                handler.handle(channel, packet);
            } catch (MephistoException e) {
                if (e.code().category() != ErrorCategory.USER) {
                    LOG.error("A packet {} failed.", packet.type(), e);
                }
                refuse(channel, packet, e);
            } catch (RuntimeException | Error e) {
                LOG.error("A packet {} failed.", packet.type(), e);
                refuse(
                        channel,
                        packet,
                        new MephistoException(ErrorCode.INTERNAL, pool.sentence(FailureReason.SERVER_ERROR), e));
            } finally {
                room.release();
            }
        }));
    }

    private void register(Channel channel, Packet packet) {
        @Nullable String[] data = PacketCodec.fields(packet.data(), "provider_data", REQUEST_ID);
        Replies.sendDetails(channel, packet, data[1], pool.registerAgent(value(data[0])));
    }

    private void submitUnit(Channel channel, Packet packet) {
        @Nullable String[] data = PacketCodec.fields(packet.data(), "final_data", FILES, REQUEST_ID);
        pool.submitUnit(packet.subjectId(), value(data[0]), files(data[1]));
        Replies.acknowledge(channel, packet, data[2]);
    }

    private void submitMetadata(Channel channel, Packet packet) {
        @Nullable String[] data = PacketCodec.fields(packet.data(), "metadata", FILES, REQUEST_ID);
        pool.submitMetadata(packet.subjectId(), value(data[0]), files(data[1]));
        Replies.acknowledge(channel, packet, data[2]);
    }

    private static JsonValue value(@Nullable String json) {
        return JsonValue.ofText(json == null ? "null" : json);
    }

    private void submitOnboarding(Channel channel, Packet packet) {
        @Nullable String[] data = PacketCodec.fields(packet.data(), "onboarding_data", REQUEST_ID);
        Replies.sendDetails(channel, packet, data[1], pool.submitOnboarding(packet.subjectId(), value(data[0])));
    }

    private void refuseDetails(Channel channel, Packet packet) {
        @Nullable String[] data = PacketCodec.fields(packet.data(), REQUEST_ID);
        Replies.sendDetails(channel, packet, data[0], pool.refuse(FailureReason.SERVER_ERROR));
    }

    private void resumePage(Channel channel, Packet packet) {
        @Nullable String[] data = PacketCodec.fields(packet.data(), "resume", "after");
        long after = data[1] == null ? UpdateJournal.NONE : Long.parseLong(data[1]);
        pool.resumePage(packet.subjectId(), new PageQuestion(data[0], after));
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

    private static List<SubmittedFile> files(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        List<SubmittedFile> files = new ArrayList<>();
        for (JsonNode file : Json.parse(json)) {
            files.add(Json.MAPPER.convertValue(file, SubmittedFile.class));
        }
        return files;
    }

    private void refuse(Channel channel, Packet packet, MephistoException error) {
        switch (packet.type()) {
            case REGISTER_AGENT, SUBMIT_ONBOARDING -> refuseDetails(channel, packet);
            case SUBMIT_UNIT, SUBMIT_METADATA ->
                Replies.refuse(channel, packet, PacketCodec.fields(packet.data(), REQUEST_ID)[0], error);
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
