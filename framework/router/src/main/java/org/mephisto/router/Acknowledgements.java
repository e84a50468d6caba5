package org.mephisto.router;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/**
 * Tells a page that asks for it which of its live updates the system side has. Those of one turn of the event loop are acknowledged
 * together. Confined to the router's event loop.
 */
final class Acknowledgements {
    private final Consumer<byte[]> page;
    private final Map<String, List<String>> unwritten = new HashMap<>(0);

    /** @param page takes the frames, in UTF-8 */
    Acknowledgements(Consumer<byte[]> page) {
        this.page = page;
    }

    static boolean areAskedFor(Packet alive) {
        JsonScan data = JsonScan.trusted(alive.data().text(), "acknowledge");
        return data.isPresent(0) && data.raw(0).equals("true");
    }

    void add(Packet update) {
        update.data().string("update_id").ifPresent(updateId -> add(update.subjectId(), updateId));
    }

    private void add(String agentId, String updateId) {
        if (unwritten.isEmpty()) {
            Vertx.currentContext().runOnContext(later -> write());
        }
        unwritten.computeIfAbsent(agentId, id -> new ArrayList<>()).add(updateId);
    }

    private void write() {
        unwritten.forEach((agentId, updateIds) -> page.accept(PacketCodec.frame(Packet.of(
                PacketType.ACKNOWLEDGE,
                agentId,
                JsonValue.of(Json.object().set("update_ids", Json.toNode(updateIds)))))));
        unwritten.clear();
    }
}
