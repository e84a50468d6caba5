package org.mephisto.supervisor.io;

import org.jspecify.annotations.Nullable;
import org.mephisto.router.PacketCodec;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.mephisto.supervisor.pool.AgentDetails;
import org.mephisto.supervisor.pool.AgentDetails.Refused;
import org.mephisto.supervisor.pool.AgentDetails.Registered;

/**
 * The packets that answer a router's requests, written as text straight away: a tree of each would cost more than all the rest of it. What
 * the router looks for stands first. Stateless; {@code requestId} is always the JSON text that the router sent.
 */
final class Replies {
    private static final int ENVELOPE = 192;

    private Replies() {}

    static void sendDetails(Channel channel, Packet packet, @Nullable String requestId, AgentDetails details) {
        StringBuilder data = switch (details) {
            case Registered registered -> registered(requestId, registered);
            case Refused refused -> refused(requestId, refused);
        };
        send(channel, packet, PacketType.AGENT_DETAILS, data);
    }

    private static StringBuilder registered(@Nullable String requestId, Registered details) {
        String initData = details.initTaskData().text();
        StringBuilder data = begin(requestId, initData.length());
        PacketCodec.quote(details.agentId(), data.append(",\"agent_id\":"));
        data.append(",\"status\":\"").append(details.status().word());
        data.append("\",\"worker_id\":\"").append(details.workerId());
        return data.append("\",\"failure_reason\":null,\"init_task_data\":").append(initData);
    }

    private static StringBuilder refused(@Nullable String requestId, Refused details) {
        StringBuilder data = begin(requestId, details.sentence().length()).append(",\"agent_id\":null,\"worker_id\":");
        if (details.workerId().isPresent()) {
            data.append('"').append(details.workerId().getAsLong()).append('"');
        } else {
            data.append("null");
        }
        PacketCodec.quote(details.sentence(), data.append(",\"failure_reason\":"));
        return data.append(",\"failure_code\":\"")
                .append(details.reason().name())
                .append("\",\"init_task_data\":null");
    }

    static void acknowledge(Channel channel, Packet packet, @Nullable String requestId) {
        send(channel, packet, PacketType.ACKNOWLEDGE, begin(requestId, 0));
    }

    /** Says that what was sent is not stored, and why. */
    static void refuse(Channel channel, Packet packet, @Nullable String requestId, MephistoException error) {
        String message = String.valueOf(error.getMessage());
        StringBuilder data = begin(requestId, message.length());
        data.append(",\"error\":{\"code\":\"").append(error.code().name()).append("\",\"message\":");
        PacketCodec.quote(message, data);
        data.append(",\"status\":").append(error.code().httpStatus()).append('}');
        send(channel, packet, PacketType.ACKNOWLEDGE, data);
    }

    private static StringBuilder begin(@Nullable String requestId, int length) {
        return new StringBuilder(length + ENVELOPE).append("{\"request_id\":").append(requestId);
    }

    private static void send(Channel channel, Packet packet, PacketType type, StringBuilder data) {
        JsonValue closed = JsonValue.ofText(data.append('}').toString());
        channel.enqueueSend(Packet.of(type, packet.subjectId(), closed));
    }
}
