package org.mephisto.blueprint.remoteprocedure;

import org.mephisto.spi.blueprint.RemoteFunction;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;

/** A function of code. Thread-safe. */
record JavaCallee(RemoteFunction function) implements Callee {
    @Override
    public JsonValue call(FunctionCall call) throws Exception {
        try {
            return function.call(call.args(), call.agent().state());
        } catch (MephistoException e) {
            throw PassingFailure.of(e);
        }
    }
}
