package org.mephisto.blueprint.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mephisto.blueprint.chat.bot.BotConfig;
import org.mephisto.blueprint.chat.bot.Bots;
import org.mephisto.blueprint.chat.talk.Conversation;
import org.mephisto.blueprint.chat.talk.ConversationRules;
import org.mephisto.blueprint.chat.talk.OnboardingTalk;
import org.mephisto.blueprint.chat.talk.PartnerLeftConfig.Action;
import org.mephisto.blueprint.chat.talk.StandIn;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.AssignmentSession;
import org.mephisto.spi.blueprint.AssignmentTaskRunner;
import org.mephisto.spi.blueprint.OnboardingSession;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

/** Seats people and bots, and lets them talk. Thread-safe. */
record ChatTaskRunner(ChatConfig config, Cast cast, Bots bots) implements AssignmentTaskRunner {
    @Override
    public JsonValue initData(AssignmentData assignment, Unit unit, Worker worker) {
        ObjectNode taskData = cast.person(unit.index(), assignment).context().deepCopy();
        if (unit.index() < cast.roles().size()) {
            taskData.put("role", cast.roles().get(unit.index()));
        }
        ObjectNode data = Json.object();
        data.set("task_data", taskData);
        data.putArray("past_live_updates");
        return JsonValue.of(data);
    }

    @Override
    public JsonValue initDataOnReturn(AgentState state) {
        ObjectNode data = state.initData().object().deepCopy();
        data.set("past_live_updates", ChatTranscript.pastLiveUpdates(state.updates()));
        return JsonValue.of(data);
    }

    @Override
    public Duration awayGrace() {
        return config.onPartnerLeft().action() == Action.WAIT
                ? Duration.ofSeconds(config.onPartnerLeft().seconds())
                : Duration.ZERO;
    }

    @Override
    public void runOnboarding(OnboardingSession session) throws InterruptedException {
        new OnboardingTalk(session).hold();
    }

    @Override
    public UnitOutcome runAssignment(AssignmentSession session) throws InterruptedException {
        Conversation conversation = new Conversation(rules(), standIn(), session.clock());
        for (Agent agent : session.agents()) {
            conversation.seat(cast.person(agent.unit().index(), session.assignment()), agent);
        }
        for (BotConfig bot : config.bots()) {
            if (!bot.standIn()) {
                conversation.seat(Cast.bot(bot, session.assignment()), bots.create(bot));
            }
        }
        return conversation.hold();
    }

    private ConversationRules rules() {
        return new ConversationRules(
                config.turnOrder(),
                config.maxTurns(),
                Optional.of(Duration.ofSeconds(config.turnTimeoutSeconds())).filter(Duration::isPositive),
                config.onPartnerLeft().action(),
                config.peopleMayEnd(),
                config.finalForm());
    }

    /** The bot that is there for it, else the first of those who take part. */
    private Optional<StandIn> standIn() {
        List<BotConfig> all = config.bots();
        return all.stream()
                .filter(BotConfig::standIn)
                .findFirst()
                .or(() -> all.stream().findFirst())
                .map(bot -> new StandIn(bot.name(), bots.create(bot)));
    }
}
