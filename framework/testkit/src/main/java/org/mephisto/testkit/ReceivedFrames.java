package org.mephisto.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;

/** What came over a page's sockets and nobody has taken yet. Thread-safe. */
final class ReceivedFrames {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<JsonNode> packets = new ArrayList<>();

    /** A listener for one socket. */
    WebSocket.Listener ofOneSocket() {
        return new Collector();
    }

    private void add(JsonNode packet) {
        lock.lock();
        try {
            packets.add(packet);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Removes the first packet that fits, and waits for it if need be. */
    JsonNode take(Predicate<JsonNode> fits, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<JsonNode> found = removeFirst(fits);
                if (found.isPresent()) {
                    return found.get();
                }
                if (left <= 0) {
                    throw new AssertionError(
                            "The page has waited " + patience.toSeconds() + " s in vain; not taken are: " + packets);
                }
                left = added.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private Optional<JsonNode> removeFirst(Predicate<JsonNode> fits) {
        for (Iterator<JsonNode> all = packets.iterator(); all.hasNext(); ) {
            JsonNode packet = all.next();
            if (fits.test(packet)) {
                all.remove();
                return Optional.of(packet);
            }
        }
        return Optional.empty();
    }

    boolean has(Predicate<JsonNode> fits) {
        lock.lock();
        try {
            return packets.stream().anyMatch(fits);
        } finally {
            lock.unlock();
        }
    }

    private final class Collector implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                add(Json.parse(partial.toString()));
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
