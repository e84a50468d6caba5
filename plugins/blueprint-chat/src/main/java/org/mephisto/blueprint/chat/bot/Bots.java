package org.mephisto.blueprint.chat.bot;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.config.Problem;

/** Makes the bots of a run, which share one HTTP client. Thread-safe; close it when no conversation goes on any more. */
public final class Bots implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Function<String, @Nullable String> environment;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** @param environment where keys are */
    public Bots(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** The bot of a configuration without {@link #problems}. */
    public Bot create(BotConfig config) {
        Duration timeout = Duration.ofMillis(Math.round(config.timeoutSeconds() * 1000));
        if (config.openai().isEmpty()) {
            BotEndpoint endpoint =
                    new BotEndpoint(http, URI.create(config.url().orElseThrow()), timeout, Optional.empty());
            return new HttpBot(endpoint, warned);
        }
        OpenAiConfig openai = config.openai().get();
        Optional<String> key = openai.apiKeyEnv().map(environment).map(String::strip);
        BotEndpoint endpoint = new BotEndpoint(http, completions(openai), timeout, key);
        return new OpenAiBot(endpoint, openai.model(), openai.system());
    }

    private static URI completions(OpenAiConfig openai) {
        return URI.create(openai.baseUrl().replaceAll("/+$", "") + "/chat/completions");
    }

    /** What is wrong with the bots, under {@code mephisto.blueprint.bots}. */
    public static List<Problem> problems(List<BotConfig> bots, Function<String, @Nullable String> environment) {
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < bots.size(); i++) {
            String path = "mephisto.blueprint.bots[" + i + "]";
            BotConfig bot = bots.get(i);
            if (bot.name().isBlank() || !names.add(bot.name())) {
                problems.add(new Problem(
                        path + ".name", "\"" + bot.name() + "\" is empty or taken. Give each bot a name of its own."));
            }
            if (bot.url().isPresent() == bot.openai().isPresent()) {
                problems.add(new Problem(path, "needs either url or openai, to say where the bot is asked; not both."));
            }
            bot.url().ifPresent(url -> checkUrl(path + ".url", url, problems));
            bot.openai().ifPresent(openai -> {
                checkUrl(path + ".openai.base_url", openai.baseUrl(), problems);
                openai.apiKeyEnv()
                        .filter(variable -> !isKey(environment.apply(variable)))
                        .ifPresent(
                                variable -> problems.add(
                                        new Problem(
                                                path + ".openai.api_key_env",
                                                "the environment variable \"" + variable
                                                        + "\" does not hold a key. Set it before you start, or leave the option out.")));
            });
        }
        return problems;
    }

    /** Printable, so that it can stand in a header. */
    private static boolean isKey(@Nullable String value) {
        return value != null && value.strip().matches("[!-~]+");
    }

    private static void checkUrl(String path, String url, List<Problem> problems) {
        try {
            URI uri = URI.create(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // told below, like an address of another kind
        }
        problems.add(
                new Problem(path, "\"" + url + "\" is not an address. Write it like http://localhost:8000/answer."));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
