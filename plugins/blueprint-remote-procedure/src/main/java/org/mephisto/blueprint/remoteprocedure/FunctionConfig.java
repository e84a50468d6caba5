package org.mephisto.blueprint.remoteprocedure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.config.Option;

/** One of the {@code functions}: how it is reached, and how much of it there may be. */
record FunctionConfig(
        @Option(
                help =
                        "Asked with a POST of JSON {target, args, request_id, worker_id, unit_id}; its answer is the result.")
        Optional<String> url,

        @Option(
                help =
                        "A program and its arguments, run in the task's folder for as long as the task: it reads and writes one JSON"
                                + " object a line.")
        List<String> command,

        @Option(
                help = "Seconds after which a call is answered with an error.",
                defaultValue = "30",
                min = 0.001,
                max = 3600)
        double timeout,

        @Option(help = "Calls that run at once, over all workers.", defaultValue = "16", min = 1, max = 10_000)
        int concurrency,

        @Option(
                help = "Calls that may wait for one of these; the next is answered with an error.",
                defaultValue = "1000",
                min = 0,
                max = 1_000_000)
        int maxWaiting,

        @Option(
                help =
                        "How often a call is made again that did not reach its function, at which that died, or that was answered with"
                                + " a status from 500 on.",
                defaultValue = "1",
                min = 0,
                max = 10)
        int retries) {

    /** The limits of a function of which nothing is configured. */
    static final FunctionConfig UNCONFIGURED = new FunctionConfig(Optional.empty(), List.of(), 30, 16, 1000, 1);

    Duration timeLimit() {
        return Duration.ofNanos((long) (timeout * 1e9));
    }
}
