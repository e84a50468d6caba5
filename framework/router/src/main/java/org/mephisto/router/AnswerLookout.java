package org.mephisto.router;

/**
 * Decides whether the event loop looks for the answer to a live update by itself. The task's code mostly answers at once, and to fall asleep
 * meanwhile and be woken takes longer than its answer; so the loop goes round for a moment, serving what comes, and looks. Where answers
 * take longer, it soon looks but seldom. Confined to the router's event loop.
 */
final class AnswerLookout {
    /** Somewhat longer than it takes to wake the code's thread, which has it ready right after. */
    private static final long LOOK_NANOS = 150_000;
    /** With more updates than this in one turn there is enough to do, and others need the processor. */
    private static final int FEW = 2;

    private static final int MOST_LUCK = 8;
    private static final int SELDOM = 16;

    private boolean looking;
    private long until;
    /** Updates handed over in this turn. */
    private int handedOver;
    /** How often it was worth it lately; at 0, most updates are passed by. */
    private int luck = MOST_LUCK;

    private int passedBy;

    /** An update has been handed to the task's code. @return whether the loop is to look from now on */
    boolean begins() {
        handedOver++;
        if (looking || (luck == 0 && ++passedBy % SELDOM != 0)) {
            return false;
        }
        looking = true;
        until = System.nanoTime() + LOOK_NANOS;
        return true;
    }

    /** The loop has looked. @return whether it is to look again */
    boolean goesOn(boolean hasFound) {
        boolean isBusy = handedOver > FEW;
        handedOver = 0;
        if (!looking) {
            return false;
        }
        if (hasFound) {
            luck = Math.min(MOST_LUCK, luck + 1);
            looking = false;
        } else if (isBusy || System.nanoTime() >= until) {
            luck = Math.max(0, luck - 1);
            looking = false;
        }
        return looking;
    }
}
