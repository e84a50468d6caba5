package org.mephisto.operator;

/** How a task run came to its end. */
public enum RunEnd {
    /** All units are done. */
    COMPLETED("all units are done"),
    /** {@code no_submission_patience} seconds went by without any submission. */
    NO_SUBMISSIONS("nobody submitted anything for longer than no_submission_patience"),
    /** {@code task_lifetime_in_seconds} are over. */
    LIFETIME_OVER("task_lifetime_in_seconds are over"),
    /** It was stopped. */
    STOPPED("it was stopped"),
    /** The source of assignments, the crowd provider or the store failed while units were launched. */
    LAUNCH_FAILED("launching units failed");

    private final String words;

    RunEnd(String words) {
        this.words = words;
    }

    /** For people, after "The run has ended: ". */
    public String words() {
        return words;
    }

    /** Whether there is nothing left to resume. */
    boolean isFinal() {
        return this == COMPLETED || this == NO_SUBMISSIONS || this == LIFETIME_OVER;
    }
}
