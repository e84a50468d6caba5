package org.mephisto.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Hands lines to the console, one at a time. Thread-safe. */
final class ConsoleAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** Looks the stream up at each line: a program may have replaced it. */
    static final Consumer<String> STANDARD_ERROR = line -> System.err.println(line);

    private final ReentrantLock lock = new ReentrantLock();
    private final LineLayout layout = new LineLayout(LineLayout.TIME, false);
    private volatile Consumer<String> console = STANDARD_ERROR;

    void write(Consumer<String> next) {
        lock.lock();
        try {
            console = next;
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        String line = layout.line(event);
        lock.lock();
        try {
            console.accept(line);
        } finally {
            lock.unlock();
        }
    }
}
