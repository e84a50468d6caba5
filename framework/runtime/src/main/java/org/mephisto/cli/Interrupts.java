package org.mephisto.cli;

import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/**
 * Ctrl-C in two steps: the first does one thing, the second another, further ones nothing. SIGTERM does the second at once. Handlers run
 * on threads of their own.
 */
final class Interrupts implements AutoCloseable {
    private static final String INT = "INT";
    private static final String TERM = "TERM";

    private final AtomicInteger count = new AtomicInteger();
    private final Runnable first;
    private final Runnable second;
    private final Object oldInt;
    private final Object oldTerm;

    private Interrupts(Runnable first, Runnable second) {
        this.first = first;
        this.second = second;
        this.oldInt = Signals.register(INT, () -> interrupted(count.incrementAndGet()));
        this.oldTerm = Signals.register(TERM, () -> interrupted(count.updateAndGet(before -> Math.max(before + 1, 2))));
    }

    static Interrupts handle(Runnable first, Runnable second) {
        return new Interrupts(first, second);
    }

    /** How often the user has asked to end. */
    int count() {
        return count.get();
    }

    private void interrupted(int times) {
        if (times <= 2) {
            Thread.ofVirtual().name("interrupt-" + times).start(times == 1 ? first : second);
        }
    }

    @Override
    public void close() {
        Signals.unregister(INT, oldInt);
        Signals.unregister(TERM, oldTerm);
    }
}
