package org.mephisto.router;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/**
 * To which agent each visit of a worker has led, so that somebody who comes back when the system side has long gone is told how it ended.
 * A visit is a worker's name with a registration id. Bounded like {@link StatusCache}. Confined to the router's event loop.
 */
final class EarlierVisits {
    private static final String ONBOARDING = "onboarding";

    private final StatusCache statuses;
    private final StatusCache agents;
    /** Visits whose registration has not been answered, by its request id. */
    private final LinkedHashMap<String, String> asked = new LinkedHashMap<>();

    private final int maxPending;

    EarlierVisits(StatusCache statuses, int capacity, Duration lifetime, int maxPending) {
        this.statuses = statuses;
        this.agents = new StatusCache(capacity, lifetime);
        this.maxPending = maxPending;
    }

    /** A worker registers with these provider data, a well-formed JSON object. */
    void asked(String requestId, String providerData) {
        String visit = visit(providerData);
        if (visit != null) {
            asked.put(requestId, visit);
            if (asked.size() > maxPending) {
                asked.pollFirstEntry();
            }
        }
    }

    private static @Nullable String visit(String providerData) {
        JsonScan data = JsonScan.trusted(providerData, "worker_name", "agent_registration_id");
        String worker = data.stringOrNull(0);
        String registration = data.stringOrNull(1);
        return worker == null || registration == null ? null : worker + '\n' + registration;
    }

    /** The registration has been answered, perhaps with an agent. */
    void answered(String requestId, @Nullable String agentId, long now) {
        String visit = asked.remove(requestId);
        if (visit != null && agentId != null && !agentId.startsWith(ONBOARDING)) {
            agents.put(visit, agentId, now);
        }
    }

    void sweep(long now) {
        agents.sweep(now);
    }

    /** What a worker is answered whose visit has ended; null when it has not, or nobody knows any more. */
    @Nullable
    Packet findAnswer(String requestId, String providerData, long now) {
        String visit = visit(providerData);
        String agentId = visit == null ? null : agents.find(visit, now);
        String word = agentId == null ? null : statuses.find(agentId, now);
        if (word == null || !StatusCache.isFinal(word)) {
            return null;
        }
        Ending ending = Ending.of(AgentStatus.ofWord(word));
        ObjectNode data = Json.object().put("request_id", requestId);
        data.putNull("agent_id");
        data.putNull("worker_id");
        data.put("failure_reason", ending.sentence);
        data.put("failure_code", ending.name());
        data.putNull("init_task_data");
        return Packet.of(PacketType.AGENT_DETAILS, requestId, JsonValue.of(data));
    }

    /** How a visit can have ended; the names are failure codes. */
    private enum Ending {
        ALREADY_COMPLETED(
                "You have finished this, and your work is saved. There is nothing left to do here; thank you!"),
        PARTNER_LEFT("Somebody you worked with has left, so this has ended. Your part is saved; thank you!"),
        TASK_MISSING(
                "This visit has ended: the unit was returned, ran out of time or was closed, and the task cannot be reached"
                        + " just now. To start a new one, open the task's link again later.");

        private final String sentence;

        Ending(String sentence) {
            this.sentence = sentence;
        }

        static Ending of(AgentStatus status) {
            return switch (status) {
                case COMPLETED, APPROVED, SOFT_REJECTED, REJECTED -> ALREADY_COMPLETED;
                case PARTNER_DISCONNECT -> PARTNER_LEFT;
                case NONE, ACCEPTED, ONBOARDING, WAITING, IN_TASK, DISCONNECT, TIMEOUT, EXPIRED, RETURNED ->
                    TASK_MISSING;
            };
        }
    }
}
