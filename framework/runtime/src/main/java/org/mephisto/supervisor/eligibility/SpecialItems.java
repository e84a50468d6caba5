package org.mephisto.supervisor.eligibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The items of which screening or gold units are made. A stream of a known size is read at once and gone through again and again; any other
 * is drawn from, a little ahead, on a virtual thread of its own, so that a slow one makes nobody wait for long. Thread-safe.
 */
public final class SpecialItems implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpecialItems.class);
    private static final int DRAWN_AHEAD = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<SpecialItem> known = new ArrayList<>();
    private final BlockingQueue<SpecialItem> drawn = new ArrayBlockingQueue<>(DRAWN_AHEAD);
    private final @Nullable Stream<JsonNode> source;
    private @Nullable Thread drawing;
    private volatile boolean exhausted;
    private int next;

    /**
     * @param data asked once
     * @throws org.mephisto.spi.error.MephistoException {@code INVALID_INPUT} when an item of a list is not an object
     */
    public SpecialItems(Supplier<Stream<JsonNode>> data) {
        Stream<JsonNode> stream = data.get();
        Spliterator<JsonNode> items = stream.spliterator();
        if (items.hasCharacteristics(Spliterator.SIZED)) {
            items.forEachRemaining(item -> known.add(SpecialItem.of(item)));
            stream.close();
            source = null;
        } else {
            source = stream;
            drawing = Thread.ofVirtual().name("draw-special").unstarted(() -> draw(items));
        }
    }

    /** The items of a list; empty for a stream. */
    public synchronized List<SpecialItem> listed() {
        return source == null ? List.copyOf(known) : List.of();
    }

    /** Whether it is a list that holds nothing. */
    public synchronized boolean isEmpty() {
        return source == null && known.isEmpty();
    }

    /** Passes over what an earlier process has used. Called before anything else. */
    public synchronized void skip(long used) {
        if (source == null) {
            next = known.isEmpty() ? 0 : (int) (used % known.size());
        } else {
            for (long i = 0; i < used && drawNext() != null; i++) {
                LOG.trace("Item {} was used before.", i);
            }
        }
    }

    /** The next item: of a list again and again, of a stream once. Waits for a slow stream a little; empty when there is none. */
    public Optional<SpecialItem> next() {
        return source == null ? nextListed() : Optional.ofNullable(drawNext());
    }

    private synchronized Optional<SpecialItem> nextListed() {
        if (known.isEmpty()) {
            return Optional.empty();
        }
        SpecialItem item = known.get(next);
        next = (next + 1) % known.size();
        return Optional.of(item);
    }

    /** The first item that is none of these. Waits for a slow stream a little; empty when there is none. */
    public Optional<SpecialItem> nextBut(Set<String> keys) {
        Optional<SpecialItem> found = findBut(keys);
        while (found.isEmpty() && source != null) {
            SpecialItem item = drawNext();
            if (item == null) {
                return Optional.empty();
            }
            add(item);
            found = Optional.of(item).filter(each -> !keys.contains(each.key()));
        }
        return found;
    }

    private synchronized Optional<SpecialItem> findBut(Set<String> keys) {
        return known.stream().filter(item -> !keys.contains(item.key())).findFirst();
    }

    private synchronized void add(SpecialItem item) {
        known.add(item);
    }

    /** Holds no lock while it waits. */
    private @Nullable SpecialItem drawNext() {
        startDrawing();
        try {
            SpecialItem item = drawn.poll();
            if (item == null && !exhausted) {
                item = drawn.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            // What was put in last may have come between the look into the queue and the one at its end.
            return item == null ? drawn.poll() : item;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private synchronized void startDrawing() {
        if (drawing != null && drawing.getState() == Thread.State.NEW) {
            drawing.start();
        }
    }

    private void draw(Spliterator<JsonNode> items) {
        try {
            while (items.tryAdvance(this::offer)) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The source of screening or gold data has failed; no more of these units are made from it.", e);
        } finally {
            exhausted = true;
        }
    }

    private void offer(JsonNode item) {
        try {
            drawn.put(SpecialItem.of(item));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (drawing != null) {
            drawing.interrupt();
        }
        if (source != null) {
            source.close();
        }
    }
}
