package org.mephisto.qualification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.mephisto.spi.config.Option;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.RunTypes;
import org.mephisto.spi.model.Worker;
import org.mephisto.spi.provider.BlocksWorkers;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.CrowdProviderContext;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.spi.provider.HoldsQualifications;
import org.mephisto.store.DatabaseConfig;
import org.mephisto.store.QualificationStore.Holder;
import org.mephisto.store.QualificationStore.Qualification;
import org.mephisto.store.Store;
import org.mephisto.store.sql.SqlStores;

final class QualificationsTest {
    private final List<String> told = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Registry registry = new Registry();

    @TempDir
    private Path folder;

    private Store store;
    private Qualifications qualifications;
    private boolean providerIsDown;

    @BeforeEach
    void open() {
        DatabaseConfig sqlite = new ConfigBinder(folder).bind(DatabaseConfig.class, "database", Json.object());
        store = SqlStores.open(sqlite, folder);
        registry.register(new ListFactory());
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

        assertThat(told)
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
        providerIsDown = true;

        assertThatThrownBy(() -> qualifications.grant("birds", ann, 2))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER_FAILED))
                .hasMessageContainingAll("\"ann\"", "\"birds\"", "provider list", "503", "Do the same again");
        assertThat(qualifications.held(ann)).isEqualTo(Map.of("birds", 2));
        assertThat(told).containsExactly("closed");

        providerIsDown = false;
        qualifications.grant("birds", ann, 2);

        assertThat(told).contains("lab-7/key grant birds=2 to ann");
    }

    @Test
    void aProviderThatWasNeverUsedIsNotTold() {
        Worker ann = worker("ann", "list");
        qualifications.create("birds", Optional.empty());

        qualifications.grant("birds", ann, 1);

        assertThat(told).isEmpty();
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

    /** The crowd {@code list}: keeps qualifications and blocks, and writes down what it is told. */
    private final class ListFactory implements CrowdProviderFactory {
        record Config(@Option(help = "The account.") String account) {}

        record Account(
                @Option(help = "The key.", secret = true) String apiKey) {}

        @Override
        public String type() {
            return "list";
        }

        @Override
        public Class<? extends Record> configType() {
            return Config.class;
        }

        @Override
        public Class<? extends Record> requesterType() {
            return Account.class;
        }

        @Override
        public CrowdProvider create(CrowdProviderContext context) {
            return new ListProvider(context.config(Config.class).account() + "/"
                    + context.credentials(Account.class).apiKey() + " ");
        }
    }

    private final class ListProvider implements CrowdProvider, HoldsQualifications, BlocksWorkers {
        private final String account;

        ListProvider(String account) {
            this.account = account;
        }

        private void tell(String what) {
            if (providerIsDown) {
                throw new IllegalStateException("answered with 503");
            }
            told.add(account + what);
        }

        @Override
        public void grantQualification(Worker worker, String qualificationName, int value) {
            tell("grant " + qualificationName + "=" + value + " to " + worker.name());
        }

        @Override
        public void revokeQualification(Worker worker, String qualificationName) {
            tell("revoke " + qualificationName + " from " + worker.name());
        }

        @Override
        public void blockWorker(Worker worker, String reason) {
            tell("block " + worker.name() + ": " + reason);
        }

        @Override
        public void unblockWorker(Worker worker, String reason) {
            tell("unblock " + worker.name() + ": " + reason);
        }

        @Override
        public boolean isBlocked(Worker worker) {
            return false;
        }

        @Override
        public String workerName(JsonValue providerData) {
            return "nobody";
        }

        @Override
        public String wrapCrowdSource() {
            return "";
        }

        @Override
        public URI workerUrl(URI taskUrl, String workerName, String visitId) {
            return taskUrl;
        }

        @Override
        public void close() {
            told.add("closed");
        }
    }
}
