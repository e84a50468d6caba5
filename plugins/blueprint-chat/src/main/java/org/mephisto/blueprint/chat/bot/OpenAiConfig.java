package org.mephisto.blueprint.chat.bot;

import java.util.Optional;
import org.mephisto.spi.config.Option;

/** Where and how a model is asked through an OpenAI-compatible endpoint. */
public record OpenAiConfig(
        @Option(help = "Up to and including /v1, such as https://api.openai.com/v1; /chat/completions is added.")
        String baseUrl,

        @Option(help = "The model's name.") String model,

        @Option(help = "The environment variable that holds the key. Absent: no key is sent.")
        Optional<String> apiKeyEnv,

        @Option(help = "What the model is told first. Its name, its role and what that role knows are added.")
        Optional<String> system) {}
