package org.mephisto.blueprint.chat.bot;

import java.util.Optional;
import org.mephisto.spi.config.Option;

/** One of {@code mephisto.blueprint.bots}. */
public record BotConfig(
        @Option(help = "What people see as its name.") String name,

        @Option(help = "The role that it plays; it gets what this role knows.")
        Optional<String> role,

        @Option(help = "An HTTP endpoint: POST {messages, name, role, context}, answered by {text}.")
        Optional<String> url,

        @Option(help = "An OpenAI-compatible chat endpoint, in place of url.")
        Optional<OpenAiConfig> openai,

        @Option(help = "How long one call may take.", defaultValue = "30", min = 0.1, max = 600)
        double timeoutSeconds,

        @Option(
                help = "Whether it only speaks in the place of somebody who left, with on_partner_left.action: bot.",
                defaultValue = "false")
        boolean standIn) {}
