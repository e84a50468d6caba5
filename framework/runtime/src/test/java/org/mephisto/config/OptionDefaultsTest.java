package org.mephisto.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.compose.Tree;
import org.mephisto.logging.LogLevel;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.store.DatabaseConfig;

final class OptionDefaultsTest {
    @ParameterizedTest
    @CsvSource({
        "mephisto.task.task_lifetime_in_seconds, 2678400",
        "mephisto.task.assignment_duration_in_seconds, 1800",
        "mephisto.task.no_submission_patience, 43200",
        "mephisto.task.allowed_concurrent, 0",
        "mephisto.task.maximum_units_per_worker, 0",
        "mephisto.task.max_num_concurrent_units, 0",
        "mephisto.task.submission_timeout, 600",
        "mephisto.task.disconnect_after_in_seconds, 15",
        "mephisto.task.journal_live_updates, true",
        "mephisto.task.post_install_script, ''",
        "mephisto.task.force_rebuild, false",
        "mephisto.task.resume_incomplete_run, false",
        "mephisto.blueprint.tips_location, /tasks/labels/assets/tips.csv",
        "mephisto.architect.server_type, node",
        "mephisto.database._database_type, singleton",
        "mephisto.database.host, localhost",
        "mephisto.database.port, 3306",
        "mephisto.database.database, mephisto",
        "mephisto.database.pool_size, 4",
        "mephisto.log_level, info",
        "num_tasks, 5",
    })
    void anAbsentKeyHasItsDefault(String path, String value) {
        RunScriptConfig config = KnownPlugins.loaded();

        assertThat(Tree.at(config.resolved(), path).asText()).isEqualTo(value);
    }

    @Test
    void theRecordsCarryTheSameDefaults() {
        RunScriptConfig config = KnownPlugins.loaded();

        TaskArgs task = config.mephisto().task();
        assertThat(task.taskLifetimeInSeconds()).isEqualTo(2_678_400);
        assertThat(task.assignmentDurationInSeconds()).isEqualTo(1800);
        assertThat(task.noSubmissionPatience()).isEqualTo(43_200);
        assertThat(task.allowedConcurrent()).isZero();
        assertThat(task.maximumUnitsPerWorker()).isZero();
        assertThat(task.maxNumConcurrentUnits()).isZero();
        assertThat(task.submissionTimeout()).isEqualTo(600);
        assertThat(task.postInstallScript()).isEmpty();
        assertThat(task.forceRebuild()).isFalse();
        assertThat(task.resumeIncompleteRun()).isFalse();
        MephistoConfig mephisto = config.mephisto();
        assertThat(mephisto.blueprintArgs().blockQualification()).isEmpty();
        assertThat(mephisto.blueprintArgs().tipsLocation()).isEqualTo(Path.of("/tasks/labels/assets/tips.csv"));
        assertThat(mephisto.architectArgs().serverType()).isEqualTo("node");
        assertThat(mephisto.architectArgs().serverSourcePath()).isEmpty();
        assertThat(mephisto.providerArgs().requesterName()).isEmpty();
        assertThat(mephisto.logLevel()).isEqualTo(LogLevel.INFO);
        assertThat(mephisto.logLevels()).isEmpty();
        assertThat(mephisto.datapath()).isEmpty();
        assertThat(mephisto.sharedState()).isEmpty();
        assertThat(config.numTasks()).isEqualTo(5);
        assertThat(config.own()).isEmpty();
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void theDatabaseHasItsDefaults() {
        DatabaseConfig database = KnownPlugins.loaded().mephisto().database();

        assertThat(database.databaseType()).isEqualTo("singleton");
        assertThat(database.url()).isEmpty();
        assertThat(database.host()).isEqualTo("localhost");
        assertThat(database.port()).isEqualTo(3306);
        assertThat(database.database()).isEqualTo("mephisto");
        assertThat(database.user()).isEmpty();
        assertThat(database.password()).isEmpty();
        assertThat(database.poolSize()).isEqualTo(4);
    }

    @Test
    void everyTaskOptionHasADefaultOrIsListedHereAsRequired() {
        assertThat(ConfigBinder.keys(TaskArgs.class))
                .filteredOn(key -> !ConfigBinder.defaults(TaskArgs.class).has(key))
                .containsExactly("task_name", "task_title", "task_description", "task_reward", "task_tags");
    }

    @Test
    void theEnvironmentGivesTheLogLevelThatTheConfigurationLeavesOpen() {
        ConfigLoader loader = KnownPlugins.loader(Map.of("LOG_LEVEL", "WARNING"));

        RunScriptConfig open = loader.loadText(KnownPlugins.TASK, Path.of("/t"), java.util.List.of());
        RunScriptConfig given =
                loader.loadText(KnownPlugins.TASK, Path.of("/t"), java.util.List.of("mephisto.log_level=debug"));

        assertThat(open.mephisto().logLevel()).isEqualTo(LogLevel.WARN);
        assertThat(given.mephisto().logLevel()).isEqualTo(LogLevel.DEBUG);
    }
}
