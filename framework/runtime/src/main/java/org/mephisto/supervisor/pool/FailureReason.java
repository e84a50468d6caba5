package org.mephisto.supervisor.pool;

/** Why a worker gets no unit: the code and the sentence that the page shows. */
public enum FailureReason {
    NOT_QUALIFIED(
            "You do not have the qualifications that this task asks for. Thank you for your interest; other tasks may suit you."),
    NO_AVAILABLE_UNITS(
            "There is no work left for you in this task right now. Somebody may give some back: you can try again in a few minutes."),
    TOO_MANY_CONCURRENT(
            "You are already working on as many units of this task as one person may at once. Finish or return one of them, then come back."),
    MAX_FOR_TASK("You have done as much of this task as one person may. Thank you for all your work!"),
    TASK_MISSING(
            "This visit has ended: the unit was returned, ran out of time or was closed. Open the task's link again to start a new one."),
    INVALID_VISIT(
            "The link you followed lacks something we need to know you by. Open the task from the place where you found it, and try again."),
    SERVER_ERROR("Something went wrong on our side, and nothing of yours was lost. Please try again in a minute.");

    private final String sentence;

    FailureReason(String sentence) {
        this.sentence = sentence;
    }

    /** Says to a worker why, and what they can do. */
    public String sentence() {
        return sentence;
    }
}
