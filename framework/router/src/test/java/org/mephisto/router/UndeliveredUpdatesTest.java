package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

class UndeliveredUpdatesTest {
    private final UndeliveredUpdates undelivered = new UndeliveredUpdates(10);
    private final List<String> settled = new ArrayList<>();

    /** Cannot send what is bad. */
    private static final class Choosy implements SystemSide {
        private final List<String> sent = new ArrayList<>();

        @Override
        public boolean send(Packet packet) {
            if (packet.data().text().contains("bad")) {
                throw Refusal.invalid("This is bad.");
            }
            return sent.add(packet.data().text());
        }

        @Override
        public boolean keepsUpdates() {
            return false;
        }

        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        public long lastSignOfLife(long now) {
            return now;
        }

        @Override
        public void dismiss(Farewell farewell) {
            sent.clear();
        }
    }

    private void send(@Nullable SystemSide side, String data) {
        Packet update = Packet.of(PacketType.MEPHISTO_BOUND_LIVE_UPDATE, "a1", JsonValue.ofText(data));
        assertThat(undelivered.send(side, update, this::settle)).isTrue();
    }

    private void settle(Packet update, boolean taken) {
        settled.add(update.data().text() + taken);
    }

    @Test
    void oneThatCannotBeSentDoesNotStopThoseBehindIt() {
        Choosy side = new Choosy();
        send(null, "\"bad 1\"");
        send(null, "\"good 1\"");

        undelivered.flush(side);
        send(side, "\"bad 2\"");
        send(side, "\"good 2\"");

        assertThat(side.sent).containsExactly("\"good 1\"", "\"good 2\"");
        assertThat(settled).containsExactly("\"bad 1\"false", "\"good 1\"true", "\"bad 2\"false", "\"good 2\"true");
    }
}
