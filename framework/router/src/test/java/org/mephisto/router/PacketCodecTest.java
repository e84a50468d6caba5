package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

final class PacketCodecTest {
    private static Packet packet(PacketType type, Packet.Timestamps times) {
        return new Packet(type, "1-\"ä\"", JsonValue.ofText("{\"text\":\"ö\"}"), times);
    }

    @ParameterizedTest
    @EnumSource
    void aPacketOfEachTypeIsReadAsItWasWritten(PacketType type) {
        Packet packet = packet(type, new Packet.Timestamps(1.5, 2.25, 3.125, 4));

        assertThat(PacketCodec.read(PacketCodec.write(packet))).isEqualTo(packet);
    }

    @Test
    void aTimeThatIsNotKnownIsNull() {
        Packet some = packet(PacketType.ALIVE, Packet.Timestamps.incoming(1.5, Double.NaN));

        assertThat(PacketCodec.write(some))
                .endsWith(",\"client_timestamp\":1.5,\"router_incoming_timestamp\":null,"
                        + "\"router_outgoing_timestamp\":null,\"server_timestamp\":null}");
        assertThat(PacketCodec.write(packet(PacketType.ALIVE, Packet.Timestamps.NONE)))
                .endsWith(",\"client_timestamp\":null,\"router_incoming_timestamp\":null,"
                        + "\"router_outgoing_timestamp\":null,\"server_timestamp\":null}");
    }

    @Test
    void aFrameIsWhatIsWritten() {
        Packet packet = packet(PacketType.CLIENT_BOUND_LIVE_UPDATE, Packet.Timestamps.NONE);

        assertThat(new String(PacketCodec.frame(packet), StandardCharsets.UTF_8))
                .isEqualTo(PacketCodec.write(packet));
    }

    @Test
    void aTypeMayBeEscaped() {
        Packet packet = PacketCodec.read("{\"packet_type\":\"heart\\u0062eat\",\"subject_id\":\"1\"}");

        assertThat(packet.type()).isEqualTo(PacketType.HEARTBEAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heartbeat2", "Heartbeat", "heart\\u0062eat2"})
    void aTypeThatIsNoneIsNamed(String word) {
        assertThatThrownBy(() -> PacketCodec.read("{\"packet_type\":\"" + word + "\"}"))
                .isInstanceOf(MephistoException.class)
                .hasMessageContaining("No packet type is called \"" + word.replace("\\u0062", "b") + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"packet_type\":null}", "{\"packet_type\":7}", "{\"packet_type\":\"\"}", "[]", "{"})
    void whatIsNoPacketIsRefused(String text) {
        assertThatThrownBy(() -> PacketCodec.read(text)).isInstanceOf(MephistoException.class);
    }
}
