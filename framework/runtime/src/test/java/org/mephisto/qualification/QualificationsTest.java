package org.mephisto.qualification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.operator.PastProviders;
import org.mephisto.registry.Registry;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.RunTypes;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.DatabaseConfig;
import org.mephisto.store.QualificationStore.Holder;
import org.mephisto.store.QualificationStore.Qualification;
import org.mephisto.store.Store;
import org.mephisto.store.sql.SqlStores;

final class QualificationsTest {
    private final ListFactory crowd = new ListFactory();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Registry registry = new Registry();

    @TempDir
    private Path folder;

    private Store store;
    private Qualifications qualifications;

    @BeforeEach
    void open() {
        DatabaseConfig sqlite = new ConfigBinder(folder).bind(DatabaseConfig.class, "database", Json.object());
        store = SqlStores.open(sqlite, folder);
        registry.register(crowd);
        qualifications = new Qualifications(store, new PastProviders(registry, store, http));
    }

    @AfterEach
    void close() {
        store.close();
        registry.close();
        http.shutdownNow();
    }

    @Test
    void aQualificationIsMadeGrantedChangedRevokedAndDeleted() {
        Worker ann = worker("ann", "elsewhere");
        Qualification made = qualifications.create("birds", Optional.of("Knows birds."));

        qualifications.grant("birds", ann, 2);
        qualifications.grant("birds", ann, 3);
        List<Holder> holders = qualifications.holders("birds");
        Map<String, Integer> held = qualifications.held(ann);
        boolean had = qualifications.revoke("birds", ann);
        boolean hadStill = qualifications.revoke("birds", ann);
        qualifications.delete("birds");

        assertThat(made.description()).contains("Knows birds.");
        assertThat(holders).extracting(Holder::value).containsExactly(3);
        assertThat(held).isEqualTo(Map.of("birds", 3));
        assertThat(had).isTrue();
        assertThat(hadStill).isFalse();
        assertThat(qualifications.list()).isEmpty();
    }

    @Test
    void whatSomebodyHoldsIsNotDeletedAndWhatIsThereIsNotMadeAgain() {
        Worker ann = worker("ann", "elsewhere");
        qualifications.create("birds", Optional.empty());
        qualifications.grant("birds", ann, 1);

        assertThatThrownBy(() -> qualifications.delete("birds"))
                .hasMessageContainingAll("\"birds\"", "held by 1 worker", "--revoke");
        assertThatThrownBy(() -> qualifications.create("birds", Optional.of("other")))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThatThrownBy(() -> qualifications.create(" ", Optional.empty())).hasMessageContaining("no name");
        assertThat(qualifications.require("birds").description()).isEmpty();
    }

    @Test
    void aDescriptionCanBeChanged() {
        qualifications.create("birds", Optional.empty());

        Qualification described = qualifications.describe("birds", Optional.of("Knows birds."));

        assertThat(described.description()).contains("Knows birds.");
        assertThat(qualifications.require("birds")).isEqualTo(described);
    }

    @Test
    void namesThatAreUnknownAreToldWithTheNearest() {
        worker("annabel", "elsewhere");
        worker("bob", "list");
        worker("bob", "elsewhere");
        qualifications.create("birds", Optional.empty());

        assertThatThrownBy(() -> qualifications.require("brids")).hasMessageContaining("Did you mean \"birds\"?");
        assertThatThrownBy(() -> qualifications.requireWorker("anabel", Optional.empty()))
                .hasMessageContaining("Did you mean \"annabel\"?");
        assertThatThrownBy(() -> qualifications.requireWorker("annabel", Optional.of("list")))
                .hasMessageContainingAll("\"annabel\"", "of provider list");
        assertThatThrownBy(() -> qualifications.requireWorker("bob", Optional.empty()))
                .hasMessageContainingAll("elsewhere, list", "--provider");
        assertThat(qualifications.requireWorker("bob", Optional.of("list")).providerType())
                .isEqualTo("list");
    }

    @Test
    void aProviderWithQualificationsOfItsOwnIsTold() {
        Worker ann = worker("ann", "list");
        runWith("{\"mephisto\": {\"provider\": {\"_provider_type\": \"list\", \"account\": \"lab-7\"}}}");
        qualifications.create("birds", Optional.empty());

        qualifications.grant("birds", ann, 2);
        qualifications.revoke("birds", ann);
        qualifications.block(ann, "spam");
        qualifications.unblock(ann, "a mistake");

        assertThat(crowd.told())
                .containsExactly(
                        "lab-7/key grant birds=2 to ann",
                        "closed",
                        "lab-7/key revoke birds from ann",
                        "closed",
                        "lab-7/key block ann: spam",
                        "closed",
                        "lab-7/key unblock ann: a mistake",
                        "closed");
    }

    @Test
    void aProviderThatFailsIsNamedAndTheChangeStands() {
        Worker ann = worker("ann", "list");
        runWith("{\"mephisto\": {\"provider\": {\"account\": \"lab-7\"}}}");
        qualifications.create("birds", Optional.empty());
        crowd.goDown(true);

        assertThatThrownBy(() -> qualifications.grant("birds", ann, 2))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER_FAILED))
                .hasMessageContainingAll("\"ann\"", "\"birds\"", "provider list", "503", "Do the same again");
        assertThat(qualifications.held(ann)).isEqualTo(Map.of("birds", 2));
        assertThat(crowd.told()).containsExactly("closed");

        crowd.goDown(false);
        qualifications.grant("birds", ann, 2);

        assertThat(crowd.told()).contains("lab-7/key grant birds=2 to ann");
    }

    @Test
    void syncTellsEachProviderOnceOfAllWhoHoldItAndNamesTheOneThatFails() {
        runWith("{\"mephisto\": {\"provider\": {\"account\": \"lab-7\"}}}");
        qualifications.create("birds", Optional.empty());
        crowd.goDown(true);
        for (Worker worker : List.of(worker("ann", "list"), worker("bob", "list"), worker("cy", "elsewhere"))) {
            store.inTransaction(tx -> {
                tx.qualifications().grant("birds", worker.id(), 2);
                return true;
            });
        }

        assertThatThrownBy(() -> qualifications.sync("birds"))
                .hasMessageContainingAll("\"birds\"", "list (answered with 503)", "Do the same again")
                .hasSuppressedException(new IllegalStateException("answered with 503"));
        crowd.goDown(false);
        int told = qualifications.sync("birds");

        assertThat(told).isEqualTo(2);
        assertThat(crowd.told())
                .containsExactly(
                        "closed", "lab-7/key grant birds=2 to ann", "lab-7/key grant birds=2 to bob", "closed");
    }

    @Test
    void aProviderThatWasNeverUsedIsNotTold() {
        Worker ann = worker("ann", "list");
        qualifications.create("birds", Optional.empty());

        qualifications.grant("birds", ann, 1);

        assertThat(crowd.told()).isEmpty();
        assertThat(qualifications.held(ann)).isEqualTo(Map.of("birds", 1));
    }

    @Test
    void aProviderWhosePluginIsGoneIsNamed() {
        Worker ann = worker("ann", "gone");
        run("gone", "{}");
        qualifications.create("birds", Optional.empty());

        assertThatThrownBy(() -> qualifications.grant("birds", ann, 1)).hasMessageContaining("\"gone\"");
        assertThat(qualifications.held(ann)).isEqualTo(Map.of("birds", 1));
    }

    @Test
    void theMarkOfBlockedWorkersIsNotGrantedLikeOthers() {
        Worker ann = worker("ann", "elsewhere");

        assertThatThrownBy(() -> qualifications.grant(Qualifications.BLOCKED, ann, 1))
                .hasMessageContainingAll(Qualifications.BLOCKED, "block and unblock");
        assertThatThrownBy(() -> qualifications.create(Qualifications.BLOCKED, Optional.empty()))
                .hasMessageContaining("block and unblock");

        qualifications.block(ann, "");

        assertThat(Qualifications.mustNotBeBlocked().isMetBy(java.util.OptionalInt.of(1)))
                .isFalse();
        assertThat(qualifications.held(ann)).containsKey(Qualifications.BLOCKED);
        assertThat(qualifications.unblock(ann, "")).isTrue();
        assertThat(qualifications.unblock(ann, "")).isFalse();
    }

    private Worker worker(String name, String provider) {
        return qualifications.findOrCreateWorker(name, provider);
    }

    private void runWith(String config) {
        run("list", config);
    }

    private void run(String provider, String config) {
        store.inTransaction(tx -> {
            long requester = tx.requesters()
                    .register("lab", provider, JsonValue.of(Map.of("api_key", "key")))
                    .id();
            long task = tx.tasks().findOrCreate("t").id();
            return tx.taskRuns().create(task, requester, new RunTypes("b", "a", provider), JsonValue.ofText(config));
        });
    }
}
