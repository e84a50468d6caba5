package org.mephisto.router;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.Answers.Expected;
import org.mephisto.router.PendingRequests.Pending;
import org.mephisto.router.PendingRequests.StoredFile;
import org.mephisto.router.SystemSide.Farewell;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The middle of the router: workers' requests and pages' packets go to the system side, its packets go to the request or the page that
 * they are for. There is one system side at a time; the latest to attach is it. Confined to the router's event loop.
 */
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final PendingRequests pending;
    private final StatusCache statuses;
    private final EarlierVisits visits;
    private final AgentConnections connections;
    private final boolean remembersAgents;
    private final UndeliveredUpdates undelivered;
    private @Nullable SystemSide system;
    /** The system side, or the last one when there is none. */
    private @Nullable SystemSide latest;

    private boolean systemKeepsUpdates = true;
    private long lastSignOfLife = System.currentTimeMillis();

    /**
     * @param remembersAgents whether to keep what became of agents of whom no page asks: only where the system side may be gone when one does
     */
    Relay(RouterOptions.Limits limits, boolean remembersAgents, Consumer<List<StoredFile>> discardFiles) {
        this.remembersAgents = remembersAgents;
        this.pending =
                new PendingRequests(limits.maxPending(), limits.requestTimeout().toMillis(), discardFiles);
        this.statuses = new StatusCache(limits.cachedStatuses(), limits.statusLifetime());
        this.visits = new EarlierVisits(
                statuses, limits.cachedStatuses(), limits.statusLifetime(), limits.maxPending(), remembersAgents);
        this.connections = new AgentConnections(this, limits);
        this.undelivered = new UndeliveredUpdates(limits.maxPending());
    }

    AgentConnections connections() {
        return connections;
    }

    EarlierVisits visits() {
        return visits;
    }

    StatusCache statuses() {
        return statuses;
    }

    void attach(SystemSide side) {
        SystemSide before = system;
        system = side;
        systemKeepsUpdates = side.keepsUpdates();
        if (before != null && before != side) {
            before.dismiss(Farewell.REPLACED);
            pending.refuseAll(Refusal.systemUnavailable());
        }
        if (latest != null && latest != side) {
            undelivered.takeBack(latest.removeUntaken());
        }
        latest = side;
        undelivered.flush(system);
        if (systemKeepsUpdates) {
            connections.resumeAll();
        }
    }

    /** Whether the system side, or the last one while there is none, keeps what it sends to pages. */
    boolean systemKeepsUpdates() {
        return systemKeepsUpdates;
    }

    void detach(SystemSide side) {
        if (system == side) {
            lastSignOfLife = side.lastSignOfLife(System.currentTimeMillis());
            system = null;
            pending.refuseAll(Refusal.systemUnavailable());
        }
    }

    /** Whether a system side can be reached just now. */
    boolean isSystemThere() {
        return system != null && system.isThere();
    }

    boolean isAttached(SystemSide side) {
        return system == side;
    }

    /** When the system side last gave a sign of life, in ms since 1970. */
    long lastSignOfLife(long now) {
        return system == null ? lastSignOfLife : system.lastSignOfLife(now);
    }

    String nextRequestId() {
        return pending.nextId();
    }

    /**
     * Sends what a request asks; the request is answered when the system side has dealt with it, or not in time, or is gone.
     *
     * @param id from {@link #nextRequestId}, also in the packet's data
     * @throws Refusal when the packet cannot even be sent
     */
    void ask(String id, Packet packet, HttpServerRequest request, Expected expected, List<StoredFile> files) {
        SystemSide side = system;
        if (side == null) {
            throw Refusal.systemUnavailable();
        }
        pending.add(id, request, expected, files, System.currentTimeMillis());
        if (!side.send(packet) && pending.remove(id) != null) {
            throw Refusal.systemUnavailable();
        }
    }

    /** Sends what needs no answer. @return whether it was taken */
    boolean tell(Packet packet) {
        return system != null && system.send(packet);
    }

    /** {@link UndeliveredUpdates#send}. */
    boolean tellInOrder(Packet update, SystemSide.Settled settled) {
        return undelivered.send(system, update, settled);
    }

    /** Asks the system side whether there is such an agent; it answers a known one with its status. */
    void askForAgent(String agentId, JsonValue question) {
        if (system != null && systemKeepsUpdates) {
            tell(Packet.of(PacketType.ALIVE, agentId, question));
        }
    }

    /** Takes a packet of the system side. */
    void fromSystem(SystemSide side, Packet packet) {
        switch (packet.type()) {
            case AGENT_DETAILS -> agentDetails(packet);
            case ACKNOWLEDGE -> pending.acknowledge(packet);
            case UPDATE_STATUS -> updateStatus(packet);
            case CLIENT_BOUND_LIVE_UPDATE -> liveUpdateFromSystem(packet.subjectId(), PacketCodec.frame(packet));
            case REQUEST_STATUSES ->
                side.send(Packet.of(PacketType.RETURN_STATUSES, Packet.SYSTEM, JsonValue.ofText(statuses.json())));
            case ALIVE -> {
                if (!packet.subjectId().equals(Packet.SYSTEM)
                        && !packet.subjectId().isEmpty()) {
                    resumed(packet);
                }
            }
            case FLOW_CONTROL -> flowControl(packet);
            case HEARTBEAT -> {}
            case REGISTER_AGENT,
                    SUBMIT_ONBOARDING,
                    SUBMIT_UNIT,
                    SUBMIT_METADATA,
                    MEPHISTO_BOUND_LIVE_UPDATE,
                    RETURN_STATUSES,
                    ERROR ->
                LOG.warn(
                        "The system side sent a packet of type \"{}\", which only goes the other way.",
                        packet.type().word());
        }
    }

    private void flowControl(Packet packet) {
        JsonScan data = JsonScan.trusted(packet.data().text(), "hold", "resume", "more");
        if (data.has(2)) {
            connections.stopped(packet.subjectId(), Resumes.number(data, 1), data.raw(2));
        } else {
            connections.hold(packet.subjectId(), data.has(0) && data.raw(0).equals("true"));
        }
    }

    /** Takes a live update of the system side, as the text in UTF-8 that its page is to get. */
    void liveUpdateFromSystem(String agentId, byte[] frame) {
        connections.announced(agentId);
        connections.deliver(agentId, frame);
    }

    private void agentDetails(Packet packet) {
        JsonScan data = JsonScan.trusted(packet.data().text(), "agent_id", "request_id", "status");
        String agentId = data.stringOrNull(0);
        if (agentId != null) {
            announce(agentId, data.stringOrNull(2));
        }
        String id = packet.subjectId();
        Pending request = pending.remove(id);
        if (request == null) {
            id = String.valueOf(data.stringOrNull(1));
            request = pending.remove(id);
        }
        if (request == null) {
            LOG.debug("An answer came too late, or its request_id is unknown.");
            return;
        }
        visits.answered(id, agentId, System.currentTimeMillis());
        Answers.json(request.request().response(), PacketCodec.write(packet));
    }

    private void announce(String agentId, @Nullable String status) {
        if (remembersAgents || statuses.isKnown(agentId) || connections.claims().contains(agentId)) {
            remember(agentId, status);
        }
        tellConnections(agentId, status);
    }

    private void tellConnections(String agentId, @Nullable String status) {
        if (status != null) {
            connections.watch(agentId, !StatusCache.isFinal(status), System.currentTimeMillis());
        }
        connections.announced(agentId);
    }

    private void remember(String agentId, @Nullable String status) {
        long now = System.currentTimeMillis();
        if (status == null) {
            statuses.announce(agentId, now);
        } else {
            statuses.put(agentId, status, now);
        }
    }

    /** The system side knows the agent, and what follows is all that its page has missed. */
    private void resumed(Packet packet) {
        String agentId = packet.subjectId();
        JsonScan data = JsonScan.trusted(packet.data().text(), "status", "resume");
        String status = data.stringOrNull(0);
        String before = statuses.find(agentId, System.currentTimeMillis());
        remember(agentId, status);
        tellConnections(agentId, status);
        connections.resumed(agentId, Resumes.number(data, 1));
        // A page whose agent was not known here until now has just been told.
        if (status != null && before != null && !status.equals(before)) {
            connections.push(agentId, PacketCodec.frame(Packet.of(PacketType.UPDATE_STATUS, agentId, packet.data())));
        }
    }

    private void updateStatus(Packet packet) {
        String agentId = packet.subjectId();
        String status = JsonScan.trusted(packet.data().text(), "status").stringOrNull(0);
        announce(agentId, status == null ? StatusCache.UNKNOWN : status);
        connections.push(agentId, PacketCodec.frame(packet));
    }

    /** Ends what has waited too long. Called about once a second. */
    void sweep(long now) {
        pending.refuseDue(now);
        statuses.sweep(now);
        visits.sweep(now);
        reportSilent(connections.sweep(now));
        if (system != null) {
            system.tick(now);
        }
        undelivered.flush(system);
    }

    private void reportSilent(List<Seat> silent) {
        if (!systemKeepsUpdates) {
            silent.forEach(this::endSilent);
        } else if (!silent.isEmpty()) {
            ObjectNode data = Json.object();
            silent.forEach(seat -> data.put(seat.agentId, AgentStatus.DISCONNECT.word()));
            tell(Packet.of(PacketType.RETURN_STATUSES, Packet.SYSTEM, JsonValue.of(data)));
        }
    }

    /** A foreign system side learns of it when it asks. It knows no silence of pages that never were at a socket. */
    private void endSilent(Seat seat) {
        if (seat.hasBeenHere) {
            updateStatus(Packet.of(
                    PacketType.UPDATE_STATUS,
                    seat.agentId,
                    JsonValue.ofText("{\"status\":\"" + AgentStatus.DISCONNECT.word() + "\"}")));
        }
    }

    /** The router closes. */
    void close() {
        SystemSide side = system;
        system = null;
        pending.refuseAll(Refusal.systemUnavailable());
        if (side != null) {
            side.dismiss(Farewell.CLOSED);
        }
    }
}
