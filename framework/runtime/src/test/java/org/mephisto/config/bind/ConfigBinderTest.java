package org.mephisto.config.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.config.yaml.YamlText;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Mixin;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;

final class ConfigBinderTest {
    enum Order {
        FREE,
        ROUND_ROBIN
    }

    record Bot(
            @Option(help = "Its name.") String name,
            @Option(help = "Its key.", secret = true) Optional<String> key) {}

    record Limits(
            @Option(help = "At most.", defaultValue = "10", min = 1, max = 100)
            int most,

            Optional<Long> least) {
        Limits {
            if (least.isPresent() && least.get() > most) {
                throw new IllegalArgumentException("least is more than most");
            }
        }
    }

    record Chat(
            @Option(help = "Who speaks.", defaultValue = "free")
            Order turnOrder,

            @Option(help = "Machines.") List<Bot> bots,
            Map<String, Double> weights,
            Optional<JsonNode> extra,

            @Option(help = "A file.", defaultValue = "${task_dir}/a.txt")
            Path file,

            @Mixin Limits limits,

            @Option(key = "_kind", help = "A kind.", defaultValue = "5")
            String kind,

            @Option(help = "Own group.") Bot host,
            List<String> tags) {}

    record Team(@Option(help = "Who plays, by name.") Map<String, Bot> players) {}

    private static final ConfigBinder BINDER = new ConfigBinder(Path.of("/task"));

    private static JsonNode yaml(String text) {
        return YamlText.parse("test", text).root();
    }

    @Test
    void everyTypeIsBound() {
        Chat chat = BINDER.bind(Chat.class, "chat", yaml("""
                turn_order: Round-Robin
                bots: [{name: a}, {name: 7, key: k}]
                weights: {b: 1, a: "2.5"}
                extra: [1]
                file: sub/../b.txt
                most: "20"
                least: 3.0
                _kind: 12
                host: {name: h}
                """));

        assertThat(chat)
                .isEqualTo(new Chat(
                        Order.ROUND_ROBIN,
                        List.of(new Bot("a", Optional.empty()), new Bot("7", Optional.of("k"))),
                        Map.of("a", 2.5, "b", 1.0),
                        Optional.of(Json.array().add(1)),
                        Path.of("/task/b.txt"),
                        new Limits(20, Optional.of(3L)),
                        "12",
                        new Bot("h", Optional.empty()),
                        List.of()));
        assertThat(chat.weights().keySet()).containsExactly("b", "a");
    }

    @Test
    void whatIsAbsentNullOrQuestionMarksHasItsDefault() {
        Chat chat = BINDER.bind(Chat.class, "chat", yaml("{host: {name: h}, turn_order: null, most: '???'}"));

        assertThat(chat.turnOrder()).isEqualTo(Order.FREE);
        assertThat(chat.bots()).isEmpty();
        assertThat(chat.weights()).isEmpty();
        assertThat(chat.extra()).isEmpty();
        assertThat(chat.file()).isEqualTo(Path.of("/task/a.txt"));
        assertThat(chat.limits()).isEqualTo(new Limits(10, Optional.empty()));
        assertThat(chat.kind()).isEqualTo("5");
    }

    @Test
    void everyProblemIsReported() {
        ConfigException error =
                catchThrowableOfType(ConfigException.class, () -> BINDER.bind(Chat.class, "chat", yaml("""
                        turn_order: rond_robin
                        bots: [{name: a, kee: 1}, x]
                        weights: {a: heavy}
                        most: 101
                        least: 1.5
                        tags: one
                        tgas: []
                        """)));

        assertThat(error.problems())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "chat.tgas: unknown key \"tgas\"; did you mean \"tags\"?",
                        "chat.turn_order: unknown value \"rond_robin\"; did you mean \"round_robin\"?",
                        "chat.bots[0].kee: unknown key \"kee\"; did you mean \"key\"?",
                        "chat.bots[1]: must be a group of keys, not \"x\".",
                        "chat.weights.a: must be a number, not \"heavy\".",
                        "chat.most: must be between 1 and 100, not \"101\".",
                        "chat.least: must be a whole number, not \"1.5\".",
                        "chat.host.name: is missing; give it a value: text. (Its name.)",
                        "chat.tags: must be a list, not \"one\".");
    }

    @Test
    void groupsMayStandInAMap() {
        Team team = BINDER.bind(Team.class, "team", yaml("{players: {left: {name: a}, right: {name: b, key: k}}}"));

        assertThat(team.players())
                .containsExactly(
                        Map.entry("left", new Bot("a", Optional.empty())),
                        Map.entry("right", new Bot("b", Optional.of("k"))));
    }

    @Test
    void problemsOfGroupsInAMapNameTheirKey() {
        ConfigException error = catchThrowableOfType(
                ConfigException.class,
                () -> BINDER.bind(Team.class, "team", yaml("{players: {left: {nam: a}, right: http, third: {}}}")));

        assertThat(error.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "team.players.left.nam: unknown key \"nam\"; did you mean \"name\"?",
                        "team.players.left.name: is missing; give it a value: text. (Its name.)",
                        "team.players.right: must be a group of keys, not \"http\".",
                        "team.players.third.name: is missing; give it a value: text. (Its name.)");
    }

    @Test
    void groupsInAMapAreDescribedAndTheirSecretsMasked() {
        ObjectNode tree = (ObjectNode) yaml("{players: {left: {name: a, key: k}}}");

        ConfigBinder.maskSecrets(Team.class, tree);

        assertThat(tree.at("/players/left/key").asText()).isEqualTo("***");
        assertThat(OptionDescription.of(Team.class))
                .extracting(option -> option.key() + ": " + option.type() + (option.required() ? " *" : ""))
                .containsExactly("players: map of group", "players.NAME.name: text *", "players.NAME.key: text");
    }

    @Test
    void aRecordsOwnCheckIsAProblem() {
        assertThatThrownBy(() -> BINDER.bind(Limits.class, "limits", yaml("{most: 1, least: 2}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("limits: least is more than most");
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999, between 1 and 100",
        "1e400, between 1 and 100",
        "0, between 1 and 100",
        "true, whole number"
    })
    void oddNumbersAreRefused(String value, String message) {
        ObjectNode tree = Json.object();
        tree.set("most", YamlText.value("most", value));

        assertThatThrownBy(() -> BINDER.bind(Limits.class, "limits", tree)).hasMessageContaining(message);
    }

    @Test
    void aSecretOfTheWrongTypeIsNotShown() {
        assertThatThrownBy(() -> BINDER.bind(Bot.class, "bot", yaml("{name: a, key: [hidden]}")))
                .hasMessageContaining("bot.key")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void secretsAreMaskedWhereverTheyStand() {
        ObjectNode tree = (ObjectNode) yaml("{bots: [{name: a, key: k}], host: {name: h, key: k}, tags: [k]}");

        ConfigBinder.maskSecrets(Chat.class, tree);

        assertThat(tree.toString())
                .isEqualTo(
                        "{\"bots\":[{\"name\":\"a\",\"key\":\"***\"}],\"host\":{\"name\":\"h\",\"key\":\"***\"},\"tags\":[\"k\"]}");
    }

    @Test
    void optionsAreDescribed() {
        List<OptionDescription> options = OptionDescription.of(Chat.class);

        assertThat(options)
                .extracting(option -> option.key() + ": " + option.type() + (option.required() ? " *" : ""))
                .containsExactly(
                        "turn_order: free | round_robin",
                        "bots: list of group",
                        "bots[].name: text *",
                        "bots[].key: text",
                        "weights: map of number",
                        "extra: any value",
                        "file: path",
                        "most: whole number",
                        "least: whole number",
                        "_kind: text",
                        "host: group *",
                        "host.name: text *",
                        "host.key: text",
                        "tags: list of text");
        assertThat(options.get(7))
                .isEqualTo(new OptionDescription(
                        "most",
                        "whole number",
                        "At most.",
                        Optional.of("10"),
                        false,
                        false,
                        Optional.of("between 1 and 100")));
        assertThat(options.get(3).secret()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "task_rewrd, task_reward",
        "tsak_reward, task_reward",
        "TASK_REWARD, task_reward",
        "prot, port",
        "xyz, ''"
    })
    void theNearestNameIsFound(String given, String nearest) {
        Optional<String> found = NearestName.of(given, List.of("port", "task_reward", "task_tags"));

        assertThat(found.orElse("")).isEqualTo(nearest);
    }
}
