package org.mephisto.supervisor.pool;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.LiveUpdate;

/**
 * A page's updates that nobody has taken, the earliest by the page's clock first and of several at one time the first that came. Nearly all
 * come in that order and only queue; those that do not are kept apart. Confined to whoever holds the owner's lock.
 */
final class WaitingUpdates {
    private static final Comparator<Late> BY_PAGE_TIME =
            Comparator.comparing((Late each) -> each.update.sentAt()).thenComparingLong(Late::number);

    private final ArrayDeque<LiveUpdate> inOrder = new ArrayDeque<>(4);
    /** Earlier than one in the other queue that came before. */
    private final Queue<Late> late = new PriorityQueue<>(1, BY_PAGE_TIME);

    private long lateOnes;

    private record Late(LiveUpdate update, long number) {}

    int size() {
        return inOrder.size() + late.size();
    }

    void add(LiveUpdate update) {
        LiveUpdate last = inOrder.peekLast();
        if (last == null || !update.sentAt().isBefore(last.sentAt())) {
            inOrder.add(update);
        } else {
            late.add(new Late(update, lateOnes++));
        }
    }

    @Nullable
    LiveUpdate peek() {
        Late earliest = late.peek();
        return earliest != null && isNext(earliest) ? earliest.update : inOrder.peek();
    }

    @Nullable
    LiveUpdate poll() {
        Late earliest = late.peek();
        if (earliest == null || !isNext(earliest)) {
            return inOrder.poll();
        }
        late.poll();
        return earliest.update;
    }

    /** There is one in order that is later than each late one; any of its own time came before it. */
    private boolean isNext(Late earliest) {
        return earliest.update.sentAt().isBefore(inOrder.element().sentAt());
    }
}
