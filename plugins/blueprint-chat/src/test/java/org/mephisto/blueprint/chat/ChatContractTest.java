package org.mephisto.blueprint.chat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.mephisto.blueprint.chat.bot.TestEndpoint;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.testkit.BlueprintContract;
import org.mephisto.testkit.TestRun;

/** One person and a bot: the chat whose units run alone. */
final class ChatContractTest extends BlueprintContract {
    private final TestEndpoint endpoint = new TestEndpoint().answers(200, "{\"text\": \"hello\"}");

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Override
    protected BlueprintFactory factory() {
        return new ChatBlueprintFactory();
    }

    @Override
    protected TestRun.Builder twoUnits() {
        return TestRun.of(factory())
                .blueprintOption("num_conversations", 2)
                .blueprintOption("participants", 1)
                .blueprintOption("bots", List.of(Map.of("name", "Bo", "url", endpoint.url())));
    }

    @Override
    protected Map<String, ?> goodSubmission() {
        return Map.of();
    }
}
