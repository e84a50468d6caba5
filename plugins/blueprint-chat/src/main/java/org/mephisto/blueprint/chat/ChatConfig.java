package org.mephisto.blueprint.chat;

import java.util.List;
import java.util.Optional;
import org.mephisto.blueprint.chat.bot.BotConfig;
import org.mephisto.blueprint.chat.form.FormQuestion;
import org.mephisto.blueprint.chat.talk.PartnerLeftConfig;
import org.mephisto.blueprint.chat.talk.TurnOrder;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.config.Mixin;
import org.mephisto.spi.config.Option;

/** Options under {@code mephisto.blueprint}. */
record ChatConfig(
        @Mixin ChatContextArgs contexts,
        @Mixin ChatPageArgs page,
        @Mixin OnboardingArgs onboarding,

        @Option(help = "How many people talk with each other.", defaultValue = "2", min = 1, max = 50)
        int participants,

        @Option(help = "The role of each person, in the order of the units. Their names in the chat.")
        List<String> roles,

        @Option(
                help = "free: everybody writes when they like; round_robin: one after the other, people first.",
                defaultValue = "free")
        TurnOrder turnOrder,

        @Option(help = "Messages in all after which the chat ends; 0 for no end.", defaultValue = "20", min = 0)
        int maxTurns,

        @Option(
                help =
                        "How long a person may keep the others waiting; who does so longer is timed out, after a warning. 0 for no limit.",
                defaultValue = "0",
                min = 0,
                max = 86_400)
        int turnTimeoutSeconds,

        @Option(help = "Whether the page has a button by which any person ends the chat.", defaultValue = "false")
        boolean peopleMayEnd,

        @Option(help = "The bots that take part.") List<BotConfig> bots,

        @Option(help = "What happens when somebody leaves.") PartnerLeftConfig onPartnerLeft,

        @Option(help = "What each person is asked when the chat is over, as a form in the chat.")
        List<FormQuestion> finalForm,

        @Option(help = "Python worlds are not used here: say it with participants, turn_order, max_turns and bots.")
        Optional<String> worldFile) {}
