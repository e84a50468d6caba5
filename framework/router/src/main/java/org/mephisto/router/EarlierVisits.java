package org.mephisto.router;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/**
 * To which agent each visit of a worker has led, so that somebody who comes back when the system side has long gone is told how it ended.
 * A visit is a worker's name with a registration id. An onboarding agent leads on to the unit's agent that followed it: a page may know
 * nothing later. Bounded like {@link StatusCache}. Confined to the router's event loop.
 */
final class EarlierVisits {
    private static final String ONBOARDING = "onboarding";

    private final StatusCache statuses;
    /** The agent that a visit, or an onboarding agent, has led to. */
    private final StatusCache agents;
    /** Visits and onboarding agents whose question has not been answered, by its request id. */
    private final LinkedHashMap<String, String> asked = new LinkedHashMap<>();

    private final int maxPending;
    private final boolean isNeeded;

    /** @param isNeeded whether the system side may ever be gone while the router is there */
    EarlierVisits(StatusCache statuses, int capacity, Duration lifetime, int maxPending, boolean isNeeded) {
        this.statuses = statuses;
        this.isNeeded = isNeeded;
        this.agents = new StatusCache(capacity, lifetime);
        this.maxPending = maxPending;
    }

    /** A worker registers with these provider data, a well-formed JSON object. */
    void asked(String requestId, String providerData) {
        String visit = isNeeded ? visit(providerData) : null;
        if (visit != null) {
            remember(requestId, visit);
        }
    }

    /** An onboarding agent submits, which may lead to a unit. */
    void askedByAgent(String requestId, String onboardingAgentId) {
        if (isNeeded) {
            remember(requestId, onboardingAgentId);
        }
    }

    private void remember(String requestId, String from) {
        asked.put(requestId, from);
        if (asked.size() > maxPending) {
            asked.pollFirstEntry();
        }
    }

    private static @Nullable String visit(String providerData) {
        JsonScan data = JsonScan.trusted(providerData, "worker_name", "agent_registration_id");
        String worker = data.stringOrNull(0);
        String registration = data.stringOrNull(1);
        return worker == null || registration == null ? null : worker + '\n' + registration;
    }

    /** The question has been answered, perhaps with an agent. */
    void answered(String requestId, @Nullable String agentId, long now) {
        String from = asked.remove(requestId);
        if (from == null || agentId == null || from.equals(agentId)) {
            return;
        }
        String before = agents.find(from, now);
        if (before != null && isOnboarding(before) && !before.equals(agentId)) {
            agents.put(before, agentId, now);
        }
        agents.put(from, agentId, now);
    }

    private static boolean isOnboarding(String agentId) {
        return agentId.startsWith(ONBOARDING);
    }

    void sweep(long now) {
        agents.sweep(now);
    }

    /** What a worker is answered whose visit has ended; null when it has not, or nobody knows any more. */
    @Nullable
    Packet findAnswer(String requestId, String providerData, long now) {
        String visit = visit(providerData);
        String agentId = visit == null ? null : agents.find(visit, now);
        return agentId == null ? null : findAgentsAnswer(requestId, agentId, now);
    }

    /** What an agent is answered who has ended, or whose onboarding has led to one who has; null as above. */
    @Nullable
    Packet findAgentsAnswer(String requestId, String agentId, long now) {
        String latest = latest(agentId, now);
        String word = statuses.find(latest, now);
        Ending ending = word == null || !StatusCache.isFinal(word) ? null : Ending.find(latest, word);
        if (ending == null) {
            return null;
        }
        ObjectNode data = Json.object().put("request_id", requestId);
        data.putNull("agent_id");
        data.putNull("worker_id");
        data.put("failure_reason", ending.sentence);
        data.put("failure_code", ending.name());
        data.putNull("init_task_data");
        return Packet.of(PacketType.AGENT_DETAILS, requestId, JsonValue.of(data));
    }

    private String latest(String agentId, long now) {
        String next = isOnboarding(agentId) ? agents.find(agentId, now) : null;
        return next == null ? agentId : next;
    }

    /** What the agent's page is told: the agent's last status, or the one that the agent who followed it has ended with. */
    Packet status(String agentId, long now) {
        String status = findStatus(agentId, now);
        StringBuilder data = new StringBuilder("{\"status\":");
        PacketCodec.quote(status == null ? StatusCache.UNKNOWN : status, data);
        return Packet.of(
                PacketType.UPDATE_STATUS,
                agentId,
                JsonValue.ofText(data.append('}').toString()));
    }

    private @Nullable String findStatus(String agentId, long now) {
        if (isOnboarding(agentId)) {
            String latest = statuses.find(latest(agentId, now), now);
            if (latest != null && StatusCache.isFinal(latest)) {
                return latest;
            }
        }
        return statuses.find(agentId, now);
    }

    /** How a visit can have ended; the names are failure codes. */
    private enum Ending {
        ALREADY_COMPLETED(
                "You have finished this, and your work is saved. There is nothing left to do here; thank you!"),
        NOT_QUALIFIED(FailureReason.NOT_QUALIFIED.sentence()),
        PARTNER_LEFT("Somebody you worked with has left, so this has ended. Your part is saved; thank you!"),
        TASK_MISSING(
                "This visit has ended: the unit was returned, ran out of time or was closed, and the task cannot be reached"
                        + " just now. To start a new one, open the task's link again later.");

        private final String sentence;

        Ending(String sentence) {
            this.sentence = sentence;
        }

        /** Null for an onboarding that was passed: what comes next the system side alone can say. */
        static @Nullable Ending find(String agentId, String word) {
            AgentStatus status = AgentStatus.ofWord(word);
            return isOnboarding(agentId) ? ofOnboarding(status) : of(status);
        }

        private static @Nullable Ending ofOnboarding(AgentStatus status) {
            return switch (status) {
                case REJECTED, SOFT_REJECTED -> NOT_QUALIFIED;
                case DISCONNECT, TIMEOUT, EXPIRED, RETURNED, PARTNER_DISCONNECT -> TASK_MISSING;
                case NONE, ACCEPTED, ONBOARDING, WAITING, IN_TASK, COMPLETED, APPROVED -> null;
            };
        }

        private static Ending of(AgentStatus status) {
            return switch (status) {
                case COMPLETED, APPROVED, SOFT_REJECTED, REJECTED -> ALREADY_COMPLETED;
                case PARTNER_DISCONNECT -> PARTNER_LEFT;
                case NONE, ACCEPTED, ONBOARDING, WAITING, IN_TASK, DISCONNECT, TIMEOUT, EXPIRED, RETURNED ->
                    TASK_MISSING;
            };
        }
    }
}
