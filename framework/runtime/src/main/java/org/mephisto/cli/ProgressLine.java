package org.mephisto.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mephisto.logging.Logging;

/**
 * A line that is drawn over and over in a terminal, below whatever is logged; elsewhere a plain line now and then, when it has changed.
 * Thread-safe.
 */
final class ProgressLine implements AutoCloseable {
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);
    private static final String ERASE = "\r\u001b[K";
    /** A line that went on in the next row could not be erased; what does not fit is cut off by the terminal. */
    private static final String ONE_ROW = "\u001b[?7l%s\u001b[?7h";

    private final PrintWriter err;
    private final boolean terminal;
    private String shown = "";
    private Instant nextPlain = Instant.MIN;

    ProgressLine(PrintWriter err) {
        this.err = err;
        this.terminal = isTerminal();
        Logging.setConsole(this::printAbove);
    }

    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
                && !"dumb".equals(System.getenv("TERM"));
    }

    /** @param atOnce whether the line is worth printing now where there is no terminal */
    synchronized void show(String line, boolean atOnce) {
        if (line.equals(shown)) {
            return;
        }
        if (terminal) {
            err.print(ERASE + ONE_ROW.formatted(line));
            err.flush();
        } else if (atOnce || !Instant.now().isBefore(nextPlain)) {
            err.println(line);
            err.flush();
            nextPlain = Instant.now().plus(PLAIN_INTERVAL);
        } else {
            return;
        }
        shown = line;
    }

    private synchronized void printAbove(String logged) {
        err.println(terminal ? ERASE + logged : logged);
        if (terminal) {
            err.print(ONE_ROW.formatted(shown));
        }
        err.flush();
    }

    @Override
    public synchronized void close() {
        Logging.resetConsole();
        if (terminal) {
            err.println();
            err.flush();
        }
    }
}
