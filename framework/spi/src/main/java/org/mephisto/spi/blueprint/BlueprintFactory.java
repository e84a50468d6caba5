package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import org.mephisto.spi.json.Json;
import org.pf4j.ExtensionPoint;

/** Extension point: a kind of work. Created once per process with its no-argument constructor; must be stateless and thread-safe. */
public interface BlueprintFactory extends ExtensionPoint {
    /** The name users write as {@code mephisto.blueprint._blueprint_type}; lower case with underscores or dashes. */
    String type();

    /** One sentence for {@code mephisto wut}. */
    default String description() {
        return "";
    }

    /** The record of the keys under {@code mephisto.blueprint}, see {@link org.mephisto.spi.config.Option}. */
    Class<? extends Record> configType();

    /**
     * Called once for each task run, before anything is launched, on a thread that may block.
     *
     * @throws org.mephisto.spi.config.ConfigException when the options cannot work, naming every problem it finds; nothing has been
     *     launched then
     */
    Blueprint create(BlueprintContext context);

    /**
     * How this kind of work looks in exports and reviews. Called on any thread, for agents of past runs too, so it needs nothing but the
     * facts. What it throws is logged and the row gets the facts as they are.
     *
     * @return by default {@code {inputs, outputs}}: what the page was given and what it submitted
     */
    default ParsedData parse(AgentState state) {
        JsonNode outputs =
                state.submission().map(submission -> submission.data().node()).orElseGet(Json::object);
        return new ParsedData(state.initData().node(), outputs);
    }
}
