package org.mephisto.blueprint.remoteprocedure;

import org.mephisto.spi.json.JsonValue;

/** What answers calls of one function. Thread-safe. */
@FunctionalInterface
interface Callee extends AutoCloseable {
    /**
     * Blocks until there is a result; is interrupted when nobody wants it any more.
     *
     * @throws PassingFailure when the call may be made again
     * @throws org.mephisto.spi.error.MephistoException whose message the page is told
     * @throws Exception anything else; the page is only told that the function has failed
     */
    JsonValue call(FunctionCall call) throws Exception;

    /** Called once, before the first call. */
    default void start() {}

    @Override
    default void close() {}
}
