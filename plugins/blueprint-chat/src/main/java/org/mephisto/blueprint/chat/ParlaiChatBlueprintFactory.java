package org.mephisto.blueprint.chat;

import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.ParsedData;
import org.pf4j.Extension;

/** The {@code chat} blueprint under the name that configurations written for the original use. */
@Extension
public final class ParlaiChatBlueprintFactory implements BlueprintFactory {
    private final BlueprintFactory chat = new ChatBlueprintFactory();

    @Override
    public String type() {
        return "parlai_chat";
    }

    @Override
    public String description() {
        return "The blueprint chat, under the name that the original gives it.";
    }

    @Override
    public Class<? extends Record> configType() {
        return chat.configType();
    }

    @Override
    public Blueprint create(BlueprintContext context) {
        return chat.create(context);
    }

    @Override
    public ParsedData parse(AgentState state) {
        return chat.parse(state);
    }
}
