package org.mephisto.blueprint.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mephisto.blueprint.chat.bot.Bots;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.ParsedData;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;
import org.pf4j.Extension;

/** The {@code chat} blueprint: people and bots who write with each other. */
@Extension
public final class ChatBlueprintFactory implements BlueprintFactory {
    private final Function<String, @Nullable String> environment;

    public ChatBlueprintFactory() {
        this(System::getenv);
    }

    /** @param environment where the keys of bots are */
    ChatBlueprintFactory(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    @Override
    public String type() {
        return "chat";
    }

    @Override
    public String description() {
        return "A conversation of two or more people, of people and bots, or of one person and a bot.";
    }

    @Override
    public Class<? extends Record> configType() {
        return ChatConfig.class;
    }

    @Override
    public Blueprint create(BlueprintContext context) {
        ChatConfig config = context.config(ChatConfig.class);
        List<Problem> problems = new ArrayList<>(ChatChecks.problems(config));
        problems.addAll(ChatChecks.problems(config, context));
        problems.addAll(Bots.problems(config.bots(), environment));
        ChatPage page = ChatPage.of(config, context, problems);
        ChatContexts contexts = ChatContexts.of(config, context.taskDirectory());
        problems.addAll(contexts.problems(ChatChecks.allRoles(config)));
        if (!problems.isEmpty()) {
            contexts.close();
            throw new ConfigException(problems);
        }
        return new ChatBlueprint(config, page, contexts, new Bots(environment));
    }

    @Override
    public ParsedData parse(AgentState state) {
        return ChatTranscript.parse(state);
    }
}
