package org.mephisto.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.RunTypes;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.store.AgentStore.NewAgent;
import org.mephisto.store.DatabaseConfig;
import org.mephisto.store.NewUnits;
import org.mephisto.store.Store;
import org.mephisto.store.Transaction;
import org.mephisto.store.sql.SqlStores;

/** {@code mephisto agreement}: three workers, four assignments, one rejected unit and a gold one. */
final class AgreementCommandTest extends CommandFixture {
    private static final Map<String, List<String>> LABELS = Map.of(
            "ann", List.of("good", "bad", "good", "bad"),
            "bob", List.of("good", "bad", "bad", "good"),
            "eve", List.of("good", "bad", "rejected", ""));

    @BeforeEach
    void collect() {
        DatabaseConfig sqlite = new ConfigBinder(Path.of("")).bind(DatabaseConfig.class, "database", Json.object());
        try (Store store = SqlStores.open(sqlite, home.resolve("data"))) {
            store.inTransaction(tx -> {
                long requester = tx.requesters()
                        .register("r", "nobody", JsonValue.emptyObject())
                        .id();
                long task = tx.tasks().findOrCreate("faces").id();
                long run = tx.taskRuns()
                        .create(task, requester, new RunTypes("none", "a", "nobody"), JsonValue.emptyObject())
                        .id();
                for (int assignment = 0; assignment < 4; assignment++) {
                    NewUnits units = tx.assignments()
                            .create(run, List.of(AssignmentData.of(Json.object(), 3)), UnitStatus.LAUNCHED);
                    int index = 0;
                    for (String name : List.of("ann", "bob", "eve")) {
                        submit(
                                tx,
                                run,
                                units.unitId(index++),
                                name,
                                LABELS.getOrDefault(name, List.of()).get(assignment));
                    }
                }
                NewUnits gold = tx.assignments()
                        .createSpecial(run, AssignmentData.of(Json.object(), 1), -2, UnitStatus.LAUNCHED);
                submit(tx, run, gold.unitId(0), "ann", "good");
                return true;
            });
        }
    }

    private static void submit(Transaction tx, long run, long unitId, String name, String label) {
        long worker = tx.workers().findOrCreate(name, "nobody").worker().id();
        boolean isRejected = label.equals("rejected");
        long agent = tx.agents()
                .create(new NewAgent(
                        "s",
                        unitId,
                        worker,
                        run,
                        "visit-" + unitId,
                        AgentStatus.IN_TASK,
                        Optional.empty(),
                        Instant.EPOCH));
        tx.units().reserve(unitId, agent, worker);
        tx.units().complete(unitId, agent);
        Submission submission = new Submission(
                JsonValue.of(Map.of("label", isRejected ? "good" : label, "inner", Map.of("stars", label.length()))),
                List.of(),
                Instant.EPOCH,
                false);
        tx.agents().submit(agent, submission, AgentStatus.COMPLETED);
        if (isRejected) {
            tx.units().changeStatus(unitId, UnitStatus.COMPLETED, UnitStatus.REJECTED);
        }
    }

    @Test
    void measuresVotesAndErrorsAreShown() {
        Outcome shown = mephisto("agreement", "faces", "--field", "label");

        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("Agreement on \"label\" in faces: 4 assignments, 3 workers, 10 ratings.")
                .contains("Left out: 1 gold or screening, 1 rejected.", "--include")
                .contains("Without a value in the field: 1 unit.")
                .containsPattern("percent agreement +60\\.0 % +4 items")
                .containsPattern("Cohen's kappa +- +is for two workers, and there are 3")
                .containsPattern("Fleiss' kappa +\\S+ +2 items with 3 ratings; 2 with another")
                .containsPattern("Krippendorff's alpha +\\S+ +nominal, 4 items")
                .contains("Majority: 2 assignments decided, 2 tied: 3 (bad, good), 4 (bad, good).")
                .contains("Dawid-Skene: converged after ")
                .containsPattern("What eve says \\(2 ratings\\)");
    }

    @Test
    void rejectedUnitsCountWhenAskedFor() {
        JsonNode without = Json.parse(
                mephisto("agreement", "faces", "--field", "label", "--json").out());
        JsonNode with = Json.parse(mephisto("agreement", "faces", "-F", "label", "--include", "rejected", "--json")
                .out());

        assertThat(without.path("ratings").asInt()).isEqualTo(10);
        assertThat(with.path("ratings").asInt()).isEqualTo(11);
        assertThat(without.at("/left_out/rejected").asInt()).isEqualTo(1);
        assertThat(with.at("/assignments/2/majority")).isEqualTo(Json.parse("[\"good\"]"));
        assertThat(without.at("/assignments/2/tied").asBoolean()).isTrue();
        assertThat(without.at("/percent_agreement/value").asDouble()).isCloseTo(0.6, within(1e-9));
        assertThat(without.at("/cohens_kappa/value").isNull()).isTrue();
        assertThat(without.at("/dawid_skene/workers/ann/good/good").isNumber()).isTrue();
    }

    @Test
    void labelsAreWrittenALineAnAssignment() {
        Outcome csv = mephisto("agreement", "faces", "--field", "label", "--csv");

        assertThat(csv.out().lines().toList())
                .hasSize(5)
                .startsWith("assignment_id,ratings,counts,majority,tied,dawid_skene,dawid_skene_probability");
        assertThat(csv.out().lines().skip(1).findFirst().orElseThrow())
                .startsWith("1,3,\"{\"\"good\"\":3}\",good,false,good,");
        assertThat(csv.out()).contains("bad|good,true");
    }

    @Test
    void innerFieldsAndOtherLevelsAreTaken() {
        Outcome ordinal = mephisto("agreement", "faces", "--field", "inner.stars", "--level", "interval");
        Outcome named = mephisto("agreement", "faces", "-F", "label", "-l", "ordinal", "--order", "bad,good");

        assertThat(ordinal.out()).containsPattern("Krippendorff's alpha +\\S+ +interval, ");
        assertThat(named.out()).containsPattern("Krippendorff's alpha +\\S+ +ordinal, 4 items");
    }

    @ParameterizedTest
    @CsvSource({
        "faces, 2, --field",
        "faces --field labl, 1, 'did you mean \"label\"?'",
        "fases --field label, 1, faces",
        "faces --field label --level interval, 2, is no number",
        "faces --field label --level ordinal, 2, --order",
        "faces --field label --level ratio, 2, ratio",
        "faces --field label --json --csv, 2, not both",
        "faces --field label --include lost, 2, lost",
    })
    void whatIsWrongIsNamed(String arguments, int exitCode, String words) {
        Outcome wrong = mephisto(("agreement " + arguments).split(" "));

        assertThat(wrong.exitCode()).isEqualTo(exitCode);
        assertThat(wrong.err()).startsWith("Error: ").contains(words);
        assertThat(wrong.out()).isEmpty();
    }
}
