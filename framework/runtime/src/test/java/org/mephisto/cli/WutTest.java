package org.mephisto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.json.Json;

/** {@code mephisto wut} and {@code mephisto plugins}: what there is. */
final class WutTest extends CommandFixture {
    @Test
    void withoutArgumentsItListsAllTypes() {
        assertThat(mephisto("wut").out())
                .contains("BLUEPRINT", "labeling   One sentence, one label.", "ARCHITECT", "PROVIDER", "nobody");
    }

    @ParameterizedTest
    @CsvSource({
        "blueprint, labeling, One sentence",
        "provider, nobody, A crowd",
        "requester, nobody, A crowd",
        "task, task_reward, dollars",
        "database, pool_size, Connections"
    })
    void aThingIsExplained(String thing, String name, String words) {
        Outcome explained = mephisto("wut", thing);

        assertThat(explained.exitCode()).isZero();
        assertThat(explained.out()).contains(name, words);
    }

    @Test
    void aTypesOptionsComeWithHelpDefaultRangeAndWhetherTheyAreRequired() {
        String explained = mephisto("wut", "blueprint=labeling").out();

        assertThat(explained)
                .startsWith("mephisto.blueprint  One sentence, one label.")
                .contains("  sentence  (text, required)\n      What to label.")
                .contains("  times  (whole number, between 1 and 9, default 3)\n      How often.")
                .contains("block_qualification");
    }

    @Test
    void oneOptionIsExplainedAlone() {
        String explained = mephisto("wut", "blueprint=labeling", "times").out();

        assertThat(explained).contains("How often.").doesNotContain("What to label.");
    }

    @Test
    void whatARequesterNeedsIsExplained() {
        assertThat(mephisto("wut", "requester=nobody").out())
                .contains("mephisto register nobody", "api_key", "The key.");
    }

    @Test
    void eachFormIsThereAsJson() {
        JsonNode all = Json.parse(mephisto("wut", "--json").out());
        JsonNode types = Json.parse(mephisto("wut", "blueprint", "--json").out());
        JsonNode options = Json.parse(
                mephisto("wut", "blueprint=labeling", "times", "--json").out());
        JsonNode task = Json.parse(mephisto("wut", "task", "--json").out());

        assertThat(all.at("/blueprint/labeling").asText()).isEqualTo("One sentence, one label.");
        assertThat(all.at("/provider/nobody").asText()).isEqualTo("A crowd of none.");
        assertThat(types.path("labeling").asText()).isEqualTo("One sentence, one label.");
        assertThat(options.path("options")).hasSize(1);
        assertThat(options.at("/options/0/key").asText()).isEqualTo("times");
        assertThat(options.at("/options/0/default").asText()).isEqualTo("3");
        assertThat(task.path("path").asText()).isEqualTo("mephisto.task");
    }

    @ParameterizedTest
    @CsvSource({
        "blueprnt, 'Did you mean \"blueprint\"?'",
        "blueprint=labelling, 'Did you mean \"labeling\"?'",
        "provider=nobdy, 'Did you mean \"nobody\"?'",
        "requester=nobdy, 'Did you mean \"nobody\"?'",
        "xyz, 'There are: blueprint, architect'"
    })
    void anUnknownNameSuggestsTheNearest(String thing, String hint) {
        Outcome wrong = mephisto("wut", thing);

        assertThat(wrong.exitCode()).isNotZero();
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).startsWith("Error: ").contains(hint);
    }

    @Test
    void anUnknownOptionSuggestsTheNearest() {
        Outcome wrong = mephisto("wut", "blueprint=labeling", "tmes");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("There is no option \"tmes\" under mephisto.blueprint. Did you mean \"times\"?");
    }

    @Test
    void pluginsAreListedWithWhatTheyOfferAndWhyOneWasRefused() {
        Outcome listed = mephisto("plugins");

        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out())
                .contains(installation.resolve("plugins").toString())
                .containsPattern("labeling +1\\.2\\.3 +blueprint labeling, provider nobody +labeling\\.jar")
                .containsPattern("Refused: broken\\.jar: \\S+");
    }

    @Test
    void pluginsAreThereAsJson() {
        JsonNode plugins = Json.parse(mephisto("plugins", "--json").out());

        assertThat(plugins).hasSize(2);
        assertThat(plugins.findValuesAsText("state")).containsExactlyInAnyOrder("loaded", "refused");
        assertThat(plugins.toString()).contains("\"blueprints\":[\"labeling\"]", "broken.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plugins", "wut"})
    void neitherOpensADatabase(String command) {
        mephisto(command);

        assertThat(home.resolve("data")).doesNotExist();
    }
}
