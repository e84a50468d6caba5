package org.mephisto.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.config.ConfigException;

final class ConfigRulesTest {
    private static final String B = "mephisto.blueprint.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "world_file=w.py                                  | Python worlds cannot run here: \"w.py\"",
                "custom_source_dir=src                            | npm projects are not built here: \"src\"",
                "use_golds=true;gold_qualification_base=g         | must be \"1\" with use_golds, not \"0\"",
                "use_screening_task=true;passed_qualification_name=p | must be \"1\" with use_screening_task, not \"0\"",
                "use_screening_task=true;use_golds=true           | exclude each other",
                "use_screening_task=true                          | passed_qualification_name",
                "use_golds=true                                   | gold_qualification_base",
                "onboarding_qualification=q;block_qualification=q | whoever passes would be kept out",
                "link_task_source=true;/mock                      | only works with the architect \"local\", not \"mock\"",
            })
    void optionsThatDoNotGoTogetherAreReported(String options, String message) {
        String[] overrides = overrides(options);

        assertThatThrownBy(() -> KnownPlugins.loaded(overrides))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("unknown key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | 3 | must be \"0\"",
                "[{a: 1}] | 0 | must be more than 0",
                "items.csv | -1 | must be more than 0"
            })
    void screeningDataMustFitItsLimit(String data, String limit, String message) {
        assertThatThrownBy(() -> KnownPlugins.loaded(screening(data, limit)))
                .hasMessageContaining("max_screening_units")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"false | 0", "[{a: 1}] | 1"})
    void screeningThatIsRightLoads(String data, String limit) {
        RunScriptConfig config = KnownPlugins.loaded(screening(data, limit));

        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void passingMayNotGrantWhatBlocks() {
        String[] overrides = screening("[{a: 1}]", "1");
        String[] blocking = Arrays.copyOf(overrides, overrides.length + 1);
        blocking[overrides.length] = B + "block_qualification=passed";

        assertThatThrownBy(() -> KnownPlugins.loaded(blocking))
                .hasMessageContainingAll("block_qualification", "\"passed\"", "whoever passes would be kept out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "validate_onboarding={expect: {a: 1}} | no onboarding_qualification",
                "screening_data=[{a: 1}]              | use_screening_task is not true",
                "gold_unit={expect: {a: 1}}           | use_golds is not true",
                "qualifications=[{qualification_name: a, comparator: Exists, applicable_providers: [mokc]}] | did you mean \"mock\"?",
            })
    void whatIsGivenInVainIsWarnedOf(String state, String message) {
        RunScriptConfig config = KnownPlugins.loaded("mephisto.shared_state." + state.strip());

        assertThat(config.warnings()).singleElement().asString().contains(message);
    }

    @Test
    void aLinkWorksWithTheLocalArchitect() {
        RunScriptConfig config = KnownPlugins.loaded(B + "link_task_source=true");

        assertThat(config.blueprint(KnownPlugins.StaticTask.class).linkTaskSource())
                .isTrue();
    }

    private static String[] overrides(String options) {
        return java.util.Arrays.stream(options.strip().split(";"))
                .map(option -> option.startsWith("/") ? "mephisto/architect=" + option.substring(1) : B + option)
                .toArray(String[]::new);
    }

    private static String[] screening(String data, String limit) {
        return new String[] {
            B + "use_screening_task=true",
            B + "passed_qualification_name=passed",
            B + "max_screening_units=" + limit,
            "mephisto.task.allowed_concurrent=1",
            "mephisto.shared_state.screening_data=" + data,
        };
    }
}
