package org.mephisto.example.plainlanguage;

import java.util.Map;
import org.mephisto.blueprint.remoteprocedure.RemoteProcedureBlueprintFactory;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.ParsedData;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.pf4j.Extension;

/** The {@code plain_language} blueprint: {@code remote_procedure} with a function of its own; all else is handed on. */
@Extension
public final class PlainLanguageBlueprintFactory implements BlueprintFactory {
    private static final int LONGEST = 2000;

    private final RemoteProcedureBlueprintFactory remote =
            RemoteProcedureBlueprintFactory.with(Map.of("readability", PlainLanguageBlueprintFactory::readability));

    /** {@code {text}} in, {@link Readability} out. */
    private static JsonValue readability(JsonValue args, AgentState state) {
        String text = args.node().path("text").asText("");
        if (text.isBlank() || text.length() > LONGEST) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT, "Write a text of up to " + LONGEST + " characters first.");
        }
        return JsonValue.of(Readability.of(text));
    }

    @Override
    public String type() {
        return "plain_language";
    }

    @Override
    public String description() {
        return "An example: people rewrite a sentence, and a Java function says how easy it is to read.";
    }

    @Override
    public Class<? extends Record> configType() {
        return remote.configType();
    }

    @Override
    public Blueprint create(BlueprintContext context) {
        return remote.create(context);
    }

    @Override
    public ParsedData parse(AgentState state) {
        return remote.parse(state);
    }
}
