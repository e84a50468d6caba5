package org.mephisto.blueprint.remoteprocedure;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Virtual threads whose log lines say of which run they are, as those of the thread that starts them do. */
final class RunLog {
    private RunLog() {}

    static Thread start(String name, Runnable work) {
        Thread thread = unstarted(name, work);
        thread.start();
        return thread;
    }

    static Thread unstarted(String name, Runnable work) {
        return Thread.ofVirtual().name(name).unstarted(carrying(work));
    }

    /** The work with the log context of the calling thread. */
    static Runnable carrying(Runnable work) {
        @Nullable Map<String, String> context = MDC.getCopyOfContextMap();
        return () -> {
            if (context != null) {
                MDC.setContextMap(context);
            }
            work.run();
        };
    }
}
