package org.mephisto.blueprint.chat;

import java.util.Map;
import java.util.stream.Stream;
import org.mephisto.blueprint.chat.bot.Bots;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.OnboardsWorkers;
import org.mephisto.spi.blueprint.TaskBuilder;
import org.mephisto.spi.blueprint.TaskRunner;

/** One run of chats. Immutable but for the contexts, which the launching thread draws. */
record ChatBlueprint(ChatConfig config, ChatPage page, ChatContexts contexts, Bots bots)
        implements Blueprint, OnboardsWorkers {

    @Override
    public TaskBuilder taskBuilder() {
        return page::build;
    }

    @Override
    public TaskRunner taskRunner() {
        return new ChatTaskRunner(config, new Cast(config.roles()), bots);
    }

    @Override
    public Stream<AssignmentData> assignments() {
        return contexts.assignments();
    }

    @Override
    public Map<String, Object> frontendArgs() {
        return page.frontendArgs();
    }

    @Override
    public OnboardingArgs onboarding() {
        return config.onboarding();
    }

    @Override
    public void close() {
        contexts.close();
        bots.close();
    }
}
