package org.mephisto.spi.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a worker gets no unit: the code and the sentence that the page shows. A run may have sentences of its own. */
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
    SERVER_ERROR("Something went wrong on our side, and nothing of yours was lost. Please try again in a minute."),
    /** The requester has paused the run. */
    PAUSED("This task is paused at the moment. Please try again later; your earlier work is safe.", NO_AVAILABLE_UNITS),
    /** A unit of the worker's is being judged, on which it depends what comes next. */
    BEING_JUDGED(
            "The work that you have just handed in is being looked at. Please wait a moment, then open the task's link again.",
            NO_AVAILABLE_UNITS),
    /** The worker's onboarding is stored and could not be judged. */
    ONBOARDING_NOT_JUDGED(
            "Your answers are saved, but they could not be checked just now. Please open this page again in a few minutes; there is nothing to fill in twice.",
            SERVER_ERROR);

    private final String sentence;
    private final @Nullable FailureReason code;

    FailureReason(String sentence) {
        this(sentence, null);
    }

    FailureReason(String sentence, @Nullable FailureReason code) {
        this.sentence = sentence;
        this.code = code;
    }

    /** Says to a worker why, and what they can do. */
    public String sentence() {
        return sentence;
    }

    /** What goes over the wire: this, or the more general reason of which this is a case with a sentence of its own. */
    public FailureReason code() {
        return code == null ? this : code;
    }

    /** The reason with this name. */
    public static Optional<FailureReason> find(String name) {
        for (FailureReason reason : values()) {
            if (reason.name().equals(name)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
