package org.mephisto.spi.blueprint;

import org.mephisto.spi.json.JsonValue;

/** A function that a page of the {@code remote_procedure} blueprint calls by its name. */
@FunctionalInterface
public interface RemoteFunction {
    /**
     * Called once for each call of a page, on a virtual thread of its own; calls of one page and of several run at the same time. May block;
     * is interrupted when its time is over or the worker has submitted or left.
     *
     * @param args what the page gave, of any kind
     * @param state the worker's unit so far, earlier calls and their answers included
     * @return what the page gets, of any kind
     * @throws org.mephisto.spi.error.MephistoException to have the page told this very message, so it may not hold anything that workers
     *     must not see; with the code {@code UNAVAILABLE}, to be called again first, as often as {@code retries} says (once by default)
     * @throws Exception anything else: logged, and the page is told that the function has failed
     */
    JsonValue call(JsonValue args, AgentState state) throws Exception;
}
