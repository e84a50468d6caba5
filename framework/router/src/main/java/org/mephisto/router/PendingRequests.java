package org.mephisto.router;

import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.Answers.Expected;
import org.mephisto.spi.error.ErrorCode;

/**
 * Workers' requests that wait for the system side, oldest first; all wait equally long, so the first that is not due ends the search.
 * Confined to the router's event loop.
 */
final class PendingRequests {
    private final int capacity;
    private final long timeoutMillis;
    /** Chance, so that an answer meant for an earlier router at this address finds nothing here. */
    private final String prefix;

    private final LinkedHashMap<String, Pending> waiting = new LinkedHashMap<>();
    private long lastNumber;

    PendingRequests(int capacity, long timeoutMillis) {
        this.capacity = capacity;
        this.timeoutMillis = timeoutMillis;
        byte[] chance = new byte[8];
        new SecureRandom().nextBytes(chance);
        this.prefix = "r" + HexFormat.of().formatHex(chance) + "-";
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

    List<Pending> removeAll() {
        List<Pending> all = new ArrayList<>(waiting.values());
        waiting.clear();
        return all;
    }

    /** Takes out and gives what has waited too long. */
    List<Pending> removeDue(long now) {
        List<Pending> due = new ArrayList<>();
        Iterator<Pending> oldestFirst = waiting.values().iterator();
        while (oldestFirst.hasNext()) {
            Pending pending = oldestFirst.next();
            if (pending.deadline() > now) {
                break;
            }
            oldestFirst.remove();
            due.add(pending);
        }
        return due;
    }
}
