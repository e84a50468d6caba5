package org.mephisto.router;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.JsonValue;

/**
 * Asks the system side for what pages have missed, and keeps count of the questions. Confined to the router's event loop.
 *
 * <p>How it works. {@code alive} with {@code {"resume": n}} asks for all that an agent's page has missed. The answer begins with {@code alive}
 * and the same number; the updates follow, in order. When they are much, the answer stops after a portion with {@code {"resume": n, "more":
 * position}}: once the page's connection has taken that portion, the rest is asked for with {@code {"resume": n + 1, "after": position}}. So
 * no more than a portion waits for a page that reads slowly, however much it has missed. Between portions everything else for the page is
 * let fall, as it is part of what is still to come. An answer whose number is not that of the latest question belongs to an earlier socket
 * or was asked for twice, and counts for nothing.
 */
final class Resumes {
    /** The number of a question without one, and of its answer. */
    static final long NONE = 0;

    private static final long PATIENCE_MILLIS = 3_000;

    private final Relay relay;
    /** Other routers of the same system side count from elsewhere: answers go to all of them. */
    private long last = ThreadLocalRandom.current().nextInt(1 << 30);

    Resumes(Relay relay) {
        this.relay = relay;
    }

    /** Asks for all that the page has missed. */
    void begin(Seat seat) {
        expect(seat, null);
        ask(seat);
    }

    private void expect(Seat seat, @Nullable String position) {
        seat.resuming = true;
        seat.question = ++last;
        seat.resumeAfter = position;
        seat.askedAt = Long.MAX_VALUE;
    }

    private void ask(Seat seat) {
        seat.askedAt = System.currentTimeMillis();
        String after = seat.resumeAfter == null ? "" : ",\"after\":" + seat.resumeAfter;
        relay.askForAgent(seat.agentId, JsonValue.ofText("{\"resume\":" + seat.question + after + "}"));
    }

    /** The page is still there: asks again if no answer has come in time, as the question may have been refused. */
    void askAgain(Seat seat, long now) {
        if (seat.resuming && now - seat.askedAt > PATIENCE_MILLIS) {
            ask(seat);
        }
    }

    /** An answer begins. */
    void answered(Seat seat, long question) {
        if (isExpected(seat, question)) {
            seat.resuming = false;
            seat.resumeAfter = null;
        }
    }

    /**
     * An answer has stopped after a portion.
     *
     * @param position where, in the system side's own terms, as JSON
     */
    void stopped(Seat seat, long question, String position) {
        PageSocket socket = seat.socket();
        if (socket == null || !isExpected(seat, question)) {
            return;
        }
        expect(seat, position);
        long next = seat.question;
        socket.whenWritten(() -> {
            if (seat.question == next && seat.socket() == socket) {
                ask(seat);
            }
        });
    }

    /** What was asked is not waited for any more. */
    void end(Seat seat) {
        seat.resuming = false;
        seat.question = NONE;
        seat.resumeAfter = null;
    }

    /** Whether it is the latest question; a system side that does not count answers the whole question only. */
    private static boolean isExpected(Seat seat, long question) {
        return question == seat.question || (question == NONE && seat.resumeAfter == null);
    }

    /** The number in a question's answer. */
    static long number(JsonScan answer, int field) {
        double number = answer.number(field);
        return Double.isNaN(number) ? NONE : (long) number;
    }
}
