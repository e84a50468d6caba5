package org.mephisto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.json.Json;

/** {@code mephisto qualifications ...}. */
final class QualificationsCommandTest extends CommandFixture {
    @Test
    void withNoneTheListSaysHowToMakeOne() {
        Outcome list = qualifications("list");

        assertThat(list.exitCode()).isZero();
        assertThat(list.out()).contains("mephisto qualifications create");
        assertThat(Json.parse(qualifications("list --json").out())).isEmpty();
    }

    @Test
    void aQualificationIsMadeGrantedAndShown() {
        Outcome made = mephisto("qualifications", "create", "birds", "--description", "Knows birds");
        Outcome granted = qualifications("grant birds ann --value 3 --new --provider nobody");
        qualifications("grant birds bob --new --provider nobody");

        Outcome list = qualifications("list");
        Outcome shown = qualifications("show birds");
        JsonNode json = Json.parse(qualifications("show birds --json").out());

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out()).contains("\"birds\"", "mephisto qualifications grant birds");
        assertThat(granted.out()).contains("\"ann\"", "\"birds\"", "3");
        assertThat(list.out()).containsPattern("birds +2 +Knows birds");
        assertThat(shown.out())
                .contains("birds: Knows birds", "held by 2 workers")
                .containsPattern("ann +nobody +3 ")
                .containsPattern("bob +nobody +1 ");
        assertThat(json.path("holders").asInt()).isEqualTo(2);
        assertThat(json.at("/workers/0/worker_name").asText()).isEqualTo("ann");
        assertThat(json.at("/workers/0/value").asInt()).isEqualTo(3);
    }

    @Test
    void syncSaysThatThereIsNobodyToTell() {
        qualifications("create birds");
        qualifications("grant birds ann --new --provider nobody");

        Outcome sync = qualifications("sync birds");
        Outcome json = qualifications("sync birds --json");
        Outcome mistyped = qualifications("sync brids");

        assertThat(sync.exitCode()).as(sync.err()).isZero();
        assertThat(sync.out()).contains("Nobody who holds \"birds\"");
        assertThat(Json.parse(json.out()).path("told").asInt(-1)).isZero();
        assertThat(mistyped.exitCode()).isEqualTo(1);
        assertThat(mistyped.err()).contains("Did you mean \"birds\"?");
    }

    @Test
    void aGrantIsRevokedAndAQualificationDeleted() {
        qualifications("create birds");
        qualifications("grant birds ann --new --provider nobody");

        Outcome held = qualifications("delete birds");
        Outcome revoked = qualifications("revoke birds ann");
        Outcome again = qualifications("revoke birds ann");
        Outcome deleted = qualifications("delete birds");

        assertThat(held.exitCode()).isEqualTo(1);
        assertThat(held.err()).contains("--revoke");
        assertThat(revoked.out()).contains("no longer holds");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("did not hold");
        assertThat(deleted.out()).contains("is deleted.");
        assertThat(qualifications("list --json").out().strip()).isEqualTo("[]");
    }

    @Test
    void deletingMayRevokeFromAll() {
        qualifications("create birds");
        qualifications("grant birds ann --new --provider nobody");
        qualifications("grant birds bob --new --provider nobody");

        Outcome deleted = qualifications("delete birds --revoke --json");

        assertThat(Json.parse(deleted.out())).isEqualTo(Json.parse("{\"deleted\": \"birds\", \"revoked\": 2}"));
        assertThat(qualifications("show birds").exitCode()).isEqualTo(1);
    }

    @Test
    void aWorkerIsBlockedAndLetInAgain() {
        qualifications("create birds");
        qualifications("grant birds ann --new --provider nobody");

        Outcome blocked = qualifications("block ann --reason spam");
        Outcome shown = qualifications("show mephisto-blocked");
        Outcome unblocked = qualifications("unblock ann");

        assertThat(blocked.out()).contains("\"ann\" is blocked");
        assertThat(shown.out()).containsPattern("ann +nobody +1 ");
        assertThat(unblocked.out()).contains("no longer blocked");
        assertThat(qualifications("unblock ann").out()).contains("was not blocked");
    }

    @ParameterizedTest
    @CsvSource({
        "grant brids ann, 1, 'Did you mean \"birds\"?'",
        "grant birds an, 1, 'Did you mean \"ann\"?'",
        "grant birds carl --new, 2, --provider",
        "grant birds ann --value much, 2, much",
        "revoke birds, 2, WORKER",
        "show, 2, NAME",
        "create birds, 1, already",
        "block zoe, 1, \"zoe\"",
        "list nonsense=1, 2, nonsense=1",
        "lst, 2, list",
    })
    void whatIsWrongIsNamed(String arguments, int exitCode, String words) {
        qualifications("create birds");
        qualifications("grant birds ann --new --provider nobody");

        Outcome wrong = qualifications(arguments);

        assertThat(wrong.exitCode()).isEqualTo(exitCode);
        assertThat(wrong.err()).startsWith("Error: ").contains(words);
        assertThat(wrong.out()).isEmpty();
    }

    private Outcome qualifications(String arguments) {
        return mephisto(("qualifications " + arguments).split(" "));
    }
}
