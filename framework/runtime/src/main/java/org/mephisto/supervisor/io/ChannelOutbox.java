package org.mephisto.supervisor.io;

import java.util.List;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.mephisto.supervisor.pool.AgentOutbox;
import org.mephisto.supervisor.pool.PageQuestion;

/** Sends what agents are told to every router of the job; a router that does not know the agent only remembers it. Thread-safe. */
public final class ChannelOutbox implements AgentOutbox {
    private final List<Channel> channels;

    public ChannelOutbox(List<Channel> channels) {
        this.channels = List.copyOf(channels);
    }

    @Override
    public boolean sendStatus(String agentId, AgentStatus status) {
        return send(statusPacket(agentId, status));
    }

    static Packet statusPacket(String agentId, AgentStatus status) {
        return Packet.of(PacketType.UPDATE_STATUS, agentId, statusData(status));
    }

    private static JsonValue statusData(AgentStatus status) {
        return JsonValue.ofText("{" + field(status) + "}");
    }

    private static String field(AgentStatus status) {
        return "\"status\":\"" + status.word() + "\"";
    }

    @Override
    public void sendLiveUpdate(String agentId, LiveUpdate update) {
        send(Packet.of(PacketType.CLIENT_BOUND_LIVE_UPDATE, agentId, update.data()));
    }

    @Override
    public void sendResumed(String agentId, AgentStatus status, PageQuestion question) {
        send(Packet.of(
                PacketType.ALIVE,
                agentId,
                JsonValue.ofText("{" + field(status) + ",\"resume\":" + question.number() + "}")));
    }

    @Override
    public void sendMore(String agentId, PageQuestion question, long position) {
        send(Packet.of(
                PacketType.FLOW_CONTROL,
                agentId,
                JsonValue.ofText("{\"resume\":" + question.number() + ",\"more\":" + position + "}")));
    }

    @Override
    public void sendHold(String agentId, boolean hold) {
        send(Packet.of(PacketType.FLOW_CONTROL, agentId, JsonValue.ofText("{\"hold\":" + hold + "}")));
    }

    private boolean send(Packet packet) {
        boolean isTaken = true;
        for (Channel channel : channels) {
            isTaken &= channel.enqueueSend(packet) || channel.isClosed();
        }
        return isTaken;
    }
}
