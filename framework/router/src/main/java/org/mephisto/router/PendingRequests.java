package org.mephisto.router;

import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.Answers.Expected;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.packet.Packet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers' requests that wait for the system side, oldest first; all wait equally long, so the first that is not due ends the search.
 * Confined to the router's event loop.
 */
final class PendingRequests {
    private static final Logger LOG = LoggerFactory.getLogger(PendingRequests.class);

    private final int capacity;
    private final long timeoutMillis;
    private final Consumer<List<StoredFile>> discardFiles;
    /** Chance, so that an answer meant for an earlier router at this address finds nothing here. */
    private final String prefix;

    private final LinkedHashMap<String, Pending> waiting = new LinkedHashMap<>();
    private long lastNumber;

    /** @param discardFiles takes the files of a request that the system side has refused for good */
    PendingRequests(int capacity, long timeoutMillis, Consumer<List<StoredFile>> discardFiles) {
        this.discardFiles = discardFiles;
        this.capacity = capacity;
        this.timeoutMillis = timeoutMillis;
        this.prefix = "r" + Chance.hex(8) + "-";
    }

    /**
     * A request that waits.
     *
     * @param files what was uploaded with it
     */
    record Pending(HttpServerRequest request, Expected expected, List<StoredFile> files, long deadline) {}

    /** A file in the uploads folder that goes again when the system refuses what it came with. */
    record StoredFile(String filename) {}

    String nextId() {
        return prefix + ++lastNumber;
    }

    /** @throws Refusal when too many wait already */
    void add(String id, HttpServerRequest request, Expected expected, List<StoredFile> files, long now) {
        if (waiting.size() >= capacity) {
            throw Refusal.of(
                    ErrorCode.UNAVAILABLE, "Too many workers are waiting for an answer just now. Please try again.");
        }
        waiting.put(id, new Pending(request, expected, files, now + timeoutMillis));
    }

    @Nullable
    Pending remove(String id) {
        return waiting.remove(id);
    }

    /** Answers the request that the system side has dealt with. */
    void acknowledge(Packet packet) {
        JsonScan data = JsonScan.trusted(packet.data().text(), "request_id", "error");
        String id = data.stringOrNull(0);
        Pending request = id == null ? null : remove(id);
        if (request == null) {
            LOG.debug("An acknowledgement came too late, or its request_id is unknown.");
            return;
        }
        if (!data.has(1)) {
            Answers.done(request.request().response(), request.expected());
            return;
        }
        Refusal refusal = Refusal.ofSystem(packet.data().node().path("error"));
        if (refusal.status() < 500) {
            discardFiles.accept(request.files());
        }
        Answers.refuse(request.request(), refusal);
    }

    /** Refuses all that wait. */
    void refuseAll(Refusal refusal) {
        List<Pending> all = new ArrayList<>(waiting.values());
        waiting.clear();
        all.forEach(pending -> Answers.refuse(pending.request(), refusal));
    }

    /** Refuses those that have waited too long. */
    void refuseDue(long now) {
        while (!waiting.isEmpty() && waiting.firstEntry().getValue().deadline() <= now) {
            Answers.refuse(
                    waiting.pollFirstEntry().getValue().request(),
                    Refusal.of(
                            ErrorCode.TIMED_OUT,
                            "The system behind this task did not answer in time. Please try again; sending the same again is harmless."));
        }
    }
}
