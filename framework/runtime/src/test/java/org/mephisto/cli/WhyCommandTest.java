package org.mephisto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.RunTypes;
import org.mephisto.store.DatabaseConfig;
import org.mephisto.store.Store;
import org.mephisto.store.sql.SqlStores;

/** {@code mephisto why}. */
final class WhyCommandTest extends CommandFixture {
    @BeforeEach
    void aTaskAndTwoWorkers() {
        inStore("ann", List.of());
        inStore("bob", List.of());
    }

    @Test
    void theLatestRuleComesFirstWithItsValuesAndWhatToDo() {
        inStore(
                "ann",
                List.of(
                        "{\"rule\": \"qualification\", \"qualification\": \"birds\", \"comparator\": \"GreaterThan\", \"value\": 3, \"granted\": 2}",
                        "{\"rule\": \"maximum_units_per_worker\", \"limit\": 5, \"value\": 5}"));
        mephisto("qualifications", "create", "birds");
        mephisto("qualifications", "grant", "birds", "ann", "--value", "2");

        Outcome why = mephisto("why", "ann", "faces");

        assertThat(why.exitCode()).as(why.err()).isZero();
        assertThat(why.out())
                .contains("Worker \"ann\" of nobody was refused in \"faces\"")
                .contains("The run asks: birds GreaterThan 3; \"ann\" held it with the value 2.")
                .contains("mephisto qualifications grant birds ann --value N")
                .contains("maximum_units_per_worker is 5")
                .contains("Holds now: birds 2.");
        assertThat(why.out().indexOf("MAX_FOR_TASK")).isLessThan(why.out().indexOf("NOT_QUALIFIED"));
    }

    @Test
    void whatWasMetSinceIsSaid() {
        inStore(
                "ann",
                List.of(
                        "{\"rule\": \"qualification\", \"qualification\": \"birds\", \"comparator\": \"Exists\", \"granted\": null}"));
        mephisto("qualifications", "create", "birds");
        mephisto("qualifications", "grant", "birds", "ann");

        Outcome why = mephisto("why", "ann", "faces");

        assertThat(why.out()).contains("did not hold it.", "By now this would be met.");
    }

    @Test
    void somebodyWhoWasNeverRefusedIsToldSo() {
        Outcome why = mephisto("why", "bob", "faces");
        JsonNode json = Json.parse(mephisto("why", "bob", "faces", "--json").out());

        assertThat(why.out()).contains("was never refused", "no qualification", "none with a unit");
        assertThat(json.path("refusals")).isEmpty();
        assertThat(json.path("worker_name").asText()).isEqualTo("bob");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rule\": \"qualification\", \"qualification\": \"mephisto-blocked\", \"comparator\": \"DoesNotExist\", \"granted\": 1} | By now this would be met",
                "{\"rule\": \"qualification\", \"qualification\": \"x\", \"comparator\": \"In\", \"value\": [1, 2], \"granted\": null} | x In [1,2]",
                "{\"rule\": \"allowed_concurrent\", \"limit\": 1, \"value\": 1} | allowed_concurrent is 1",
                "{\"rule\": \"onboarding\", \"qualification\": \"tried\", \"granted\": 0} | qualifications revoke tried ann",
                "{\"rule\": \"validate_onboarding\"} | could not be asked",
                "{\"rule\": \"screen_unit\"} | still being judged by screen_unit",
                "{\"rule\": \"max_screening_units\", \"limit\": 4} | All 4 screening units",
                "{\"rule\": \"min_golds\", \"min_golds\": 2} | min_golds (2)",
                "{\"rule\": \"worker_can_do_unit\", \"asked\": 7} | none of the 7 units",
                "{\"rule\": \"no_free_unit\"} | No unit was free",
                "{\"rule\": \"visit_ended\", \"status\": \"timeout\"} | had ended: timeout",
                "{\"rule\": \"of a later version\"} | You do not have the qualifications",
            })
    void everyRuleIsPutInWords(String details, String words) {
        inStore("ann", List.of(details));

        assertThat(mephisto("why", "ann", "faces").out()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({"an faces, 1, 'Did you mean \"ann\"?'", "ann fases, 1, 'did you mean \"faces\"?'", "ann, 2, TASK"})
    void whatIsWrongIsNamed(String arguments, int exitCode, String words) {
        Outcome wrong = mephisto(("why " + arguments).split(" "));

        assertThat(wrong.exitCode()).isEqualTo(exitCode);
        assertThat(wrong.err()).startsWith("Error: ").contains(words);
    }

    /** One refusal after the other; the first for its qualifications, the others for their number. */
    private void inStore(String name, List<String> refusals) {
        DatabaseConfig sqlite = new ConfigBinder(Path.of("")).bind(DatabaseConfig.class, "database", Json.object());
        try (Store store = SqlStores.open(sqlite, home.resolve("data"))) {
            store.inTransaction(tx -> {
                long worker = tx.workers().findOrCreate(name, "nobody").worker().id();
                long requester = tx.requesters()
                        .register("r", "nobody", JsonValue.emptyObject())
                        .id();
                long task = tx.tasks().findOrCreate("faces").id();
                long run = tx.taskRuns()
                        .create(task, requester, new RunTypes("b", "a", "nobody"), JsonValue.emptyObject())
                        .id();
                for (int i = 0; i < refusals.size(); i++) {
                    tx.refusals()
                            .add(
                                    run,
                                    worker,
                                    i == 0 ? FailureReason.NOT_QUALIFIED : FailureReason.MAX_FOR_TASK,
                                    JsonValue.ofText(refusals.get(i)),
                                    Instant.ofEpochSecond(i + 1));
                }
                return true;
            });
        }
    }
}
