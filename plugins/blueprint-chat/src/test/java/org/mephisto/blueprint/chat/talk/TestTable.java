package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mephisto.blueprint.chat.bot.Bot;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.json.Json;

/** A conversation that runs, with people whom a test plays. Confined to the test's thread. */
final class TestTable {
    private final Conversation conversation;
    private final List<ScriptedAgent> people = new ArrayList<>();
    private final CompletableFuture<UnitOutcome> end = new CompletableFuture<>();

    TestTable(ConversationRules rules, Optional<Bot> standIn) {
        conversation = new Conversation(rules, standIn.map(bot -> new StandIn("Sue", bot)), InstantSource.system());
    }

    /** So many messages in all, and nothing else special. */
    static ConversationRules rules(TurnOrder order, int maxTurns) {
        return new ConversationRules(order, maxTurns, Optional.empty(), PartnerLeftConfig.Action.END, false, List.of());
    }

    static ConversationRules leaving(TurnOrder order, PartnerLeftConfig.Action action) {
        return new ConversationRules(order, 4, Optional.empty(), action, false, List.of());
    }

    static TestTable of(ConversationRules rules) {
        return new TestTable(rules, Optional.empty());
    }

    /** Seats Ann, Bob, Cem and so on. */
    TestTable people(ScriptedAgent... agents) {
        List<String> names = List.of("Ann", "Bob", "Cem", "Dia");
        for (ScriptedAgent agent : agents) {
            String name = names.get(people.size());
            ObjectNode context = Json.object().put("secret", "of " + name);
            conversation.seat(new Part(name, Optional.of("role of " + name), context), agent);
            people.add(agent);
        }
        return this;
    }

    TestTable bot(String name, Bot bot) {
        conversation.seat(new Part(name, Optional.empty(), Json.object()), bot);
        return this;
    }

    TestTable start() {
        Thread.ofVirtual().start(() -> {
            try {
                end.complete(conversation.hold());
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        return this;
    }

    UnitOutcome outcome() throws Exception {
        return end.get(10, TimeUnit.SECONDS);
    }

    /** What came out of the conversation. */
    Throwable failure() throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("ended well: " + end.get(10, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    static Optional<Duration> millis(long count) {
        return Optional.of(Duration.ofMillis(count));
    }
}
