package org.mephisto.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been set up, and how to undo it, last first. Confined to one thread at a time. */
final class TakeDown {
    private static final Logger LOG = LoggerFactory.getLogger(TakeDown.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    /** @param what for the log, such as {@code "the architect"} */
    void add(String what, Action undo) {
        steps.push(new Step(what, undo, false));
    }

    /** Likewise, for what is to stay unless {@link #runAfterFailure}. */
    void addForFailure(String what, Action undo) {
        steps.push(new Step(what, undo, true));
    }

    /** Undoes everything; one step that fails is logged and does not keep the others from being undone. Harmless when repeated. */
    void run() {
        run(false);
    }

    /** Likewise, and what would be of use only to a run that had begun. */
    void runAfterFailure() {
        run(true);
    }

    private void run(boolean failed) {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            if (step.onlyAfterFailure && !failed) {
                continue;
            }
            try {
                step.undo.run();
            } catch (Exception e) {
                LOG.warn("Taking down {} failed: {}", step.what, e.toString(), e);
            }
        }
    }

    /** One way back. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private record Step(String what, Action undo, boolean onlyAfterFailure) {}
}
