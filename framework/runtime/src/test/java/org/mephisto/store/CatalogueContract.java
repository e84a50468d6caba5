package org.mephisto.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Requester;
import org.mephisto.spi.model.RunTypes;
import org.mephisto.spi.model.Task;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;
import org.mephisto.spi.provider.ProviderStore;
import org.mephisto.store.QualificationStore.Holder;
import org.mephisto.store.QualificationStore.Qualification;

/** Tasks, runs, requesters, qualifications and what providers keep. */
interface CatalogueContract extends StoreUnderTest {
    @Test
    default void aTaskIsFoundOrMadeOnceAndListedByName() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());

        Task made = store().inTransaction(tx -> tx.tasks().findOrCreate("b"));
        Task found = store().inTransaction(tx -> tx.tasks().findOrCreate("b"));
        Task other = store().inTransaction(tx -> tx.tasks().findOrCreate("a"));

        assertThat(found).isEqualTo(made);
        assertThat(made.createdAt()).isBetween(before, Instant.now());
        assertThat(listed(tx -> tx.tasks().list())).containsExactly(other, made);
        assertThat(found(tx -> tx.tasks().find("B"))).isEmpty();
    }

    @Test
    default void onlyARunWithoutAssignmentsIsDeleted() {
        TaskRun unused = run("t");
        TaskRun used = run("t");
        store().inTransaction(tx ->
                tx.assignments().create(used.id(), List.of(AssignmentData.of(Json.object(), 1)), UnitStatus.LAUNCHED));

        boolean deletedUnused = store().inTransaction(tx -> tx.taskRuns().deleteUnused(unused.id()));
        boolean deletedUsed = store().inTransaction(tx -> tx.taskRuns().deleteUnused(used.id()));

        assertThat(deletedUnused).isTrue();
        assertThat(deletedUsed).isFalse();
        assertThat(listed(tx -> tx.taskRuns().listByTask(used.taskId()))).containsExactly(used);
    }

    @Test
    default void aRunIsReadAsItWasCreatedUntilItIsCompleted() {
        TaskRun first = run("t");
        TaskRun second = run("t");

        store().inTransaction(tx -> {
            tx.taskRuns().markCompleted(first.id());
            return true;
        });

        TaskRun completed = store().read(tx -> tx.taskRuns().find(first.id())).orElseThrow();
        assertThat(first.taskName()).isEqualTo("t");
        assertThat(first.types()).isEqualTo(new RunTypes("static_task", "local", "mock"));
        assertThat(first.config()).isEqualTo(JsonValue.of(Map.of("num", 1)));
        assertThat(first.completed()).isFalse();
        assertThat(completed.completed()).isTrue();
        assertThat(listed(tx -> tx.taskRuns().listByTask(first.taskId()))).containsExactly(completed, second);
        assertThat(found(tx -> tx.taskRuns().find(4711))).isEmpty();
    }

    @Test
    default void registeringARequesterAgainReplacesItsCredentialsAndMakesItTheLatest() {
        JsonValue key = JsonValue.of(Map.of("api_key", "new"));
        Requester first = register("first", "prolific", JsonValue.emptyObject());
        Requester second = register("second", "prolific", JsonValue.emptyObject());
        Requester mock = register("first", "mock", JsonValue.emptyObject());
        assertThat(found(tx -> tx.requesters().findLatest("prolific"))).contains(second);

        Requester again = register("first", "prolific", key);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.credentials()).isEqualTo(key);
        assertThat(found(tx -> tx.requesters().find("first", "prolific"))).contains(again);
        assertThat(found(tx -> tx.requesters().findLatest("prolific"))).contains(again);
        assertThat(found(tx -> tx.requesters().findLatest("mturk"))).isEmpty();
        assertThat(listed(tx -> tx.requesters().list())).containsExactly(mock, again, second);
    }

    private Requester register(String name, String type, JsonValue credentials) {
        return store().inTransaction(tx -> tx.requesters().register(name, type, credentials));
    }

    @Test
    default void aGrantIsChangedByTheNextAndEndedByRevoking() {
        long ann = worker("ann");
        long bob = worker("bob");

        store().inTransaction(tx -> {
            tx.qualifications().grant("skilled", ann, 1);
            tx.qualifications().grant("skilled", ann, -5);
            tx.qualifications().grant("Skilled", ann, 2);
            tx.qualifications().grant("skilled", bob, 3);
            return tx.qualifications().findOrCreate("unused");
        });
        assertThat(mapped(tx -> tx.qualifications().listGranted(ann))).isEqualTo(Map.of("skilled", -5, "Skilled", 2));
        assertThat(number(tx -> tx.qualifications().granted("skilled", ann))).isEqualTo(OptionalInt.of(-5));

        boolean had = store().inTransaction(tx -> tx.qualifications().revoke("skilled", ann));
        boolean hadStill = store().inTransaction(tx -> tx.qualifications().revoke("skilled", ann));

        assertThat(had).isTrue();
        assertThat(hadStill).isFalse();
        assertThat(number(tx -> tx.qualifications().granted("skilled", ann))).isEmpty();
        assertThat(number(tx -> tx.qualifications().granted("skilled", bob))).isEqualTo(OptionalInt.of(3));
        assertThat(listed(tx -> tx.qualifications().list())).containsExactly("Skilled", "skilled", "unused");
    }

    @Test
    default void aQualificationKeepsItsId() {
        long made = store().inTransaction(tx -> tx.qualifications().findOrCreate("skilled"));
        long found = store().inTransaction(tx -> tx.qualifications().findOrCreate("skilled"));

        assertThat(found).isEqualTo(made);
    }

    @Test
    default void aQualificationIsKnownWithItsDescriptionAndItsHolders() {
        long bob = worker("bob");
        long ann = worker("ann");
        store().inTransaction(tx -> {
            tx.qualifications().findOrCreate("unused");
            tx.qualifications().findOrCreate("skilled");
            tx.qualifications().describe("skilled", Optional.of("Knows 🐦 birds."));
            tx.qualifications().grant("skilled", bob, 2);
            tx.qualifications().grant("skilled", ann, -1);
            return true;
        });

        List<Qualification> all = listed(tx -> tx.qualifications().listDescribed());
        List<Holder> holders = listed(tx -> tx.qualifications().listHolders("skilled"));

        assertThat(all).extracting(Qualification::name).containsExactly("skilled", "unused");
        assertThat(all).extracting(Qualification::holders).containsExactly(2L, 0L);
        assertThat(all.getFirst().description()).contains("Knows 🐦 birds.");
        assertThat(all.getLast().description()).isEmpty();
        assertThat(found(tx -> tx.qualifications().find("skilled"))).contains(all.getFirst());
        assertThat(found(tx -> tx.qualifications().find("none"))).isEmpty();
        assertThat(holders).extracting(holder -> holder.worker().name()).containsExactly("ann", "bob");
        assertThat(holders).extracting(Holder::value).containsExactly(-1, 2);
        assertThat(listed(tx -> tx.qualifications().listHolders("unused"))).isEmpty();
    }

    @Test
    default void aDescriptionIsChangedAndTakenAway() {
        store().inTransaction(tx -> tx.qualifications().findOrCreate("skilled"));

        store().inTransaction(tx -> {
            tx.qualifications().describe("skilled", Optional.of("old"));
            tx.qualifications().describe("skilled", Optional.empty());
            tx.qualifications().describe("none", Optional.of("nothing"));
            return true;
        });

        assertThat(found(tx -> tx.qualifications().find("skilled"))
                        .orElseThrow()
                        .description())
                .isEmpty();
        assertThat(listed(tx -> tx.qualifications().list())).containsExactly("skilled");
    }

    @Test
    default void onlyAQualificationThatNobodyHoldsIsDeleted() {
        long ann = worker("ann");
        store().inTransaction(tx -> {
            tx.qualifications().grant("held", ann, 1);
            return tx.qualifications().findOrCreate("unused");
        });

        boolean deletedUnused = store().inTransaction(tx -> tx.qualifications().deleteUnused("unused"));
        boolean deletedHeld = store().inTransaction(tx -> tx.qualifications().deleteUnused("held"));
        boolean deletedNone = store().inTransaction(tx -> tx.qualifications().deleteUnused("none"));

        assertThat(deletedUnused).isTrue();
        assertThat(deletedHeld).isFalse();
        assertThat(deletedNone).isFalse();
        assertThat(listed(tx -> tx.qualifications().list())).containsExactly("held");
    }

    @Test
    default void workersAreFoundByNameWhateverTheirProviderAndListedNewestFirst() {
        worker("ann");
        worker("bob");
        store().inTransaction(tx -> tx.workers().findOrCreate("ann", "inhouse"));

        List<Worker> anns = listed(tx -> tx.workers().list("ann"));

        assertThat(anns).extracting(Worker::providerType).containsExactly("inhouse", "mock");
        assertThat(listed(tx -> tx.workers().list("carl"))).isEmpty();
        assertThat(listed(tx -> tx.workers().listNewestNames(2))).containsExactly("ann", "bob");
    }

    @Test
    default void theLastRunOfAProviderAndItsRequesterAreFound() {
        TaskRun first = run("t");
        TaskRun last = run("u");

        Optional<TaskRun> latest = found(tx -> tx.taskRuns().findLatest("mock"));

        assertThat(latest).contains(last);
        assertThat(last).isNotEqualTo(first);
        assertThat(found(tx -> tx.taskRuns().findLatest("prolific"))).isEmpty();
        assertThat(found(tx -> tx.requesters().find(last.requesterId()))
                        .orElseThrow()
                        .name())
                .isEqualTo("r");
        assertThat(found(tx -> tx.requesters().find(4711))).isEmpty();
    }

    @Test
    default void aProvidersItemsAreItsOwn() {
        ProviderStore prolific = store().providerStore("prolific");
        ProviderStore mock = store().providerStore("mock");
        JsonValue one = JsonValue.of(Map.of("n", 1));
        JsonValue two = JsonValue.of(Map.of("n", 2));

        prolific.put("studies", "b", one);
        prolific.put("studies", "b", two);
        prolific.put("studies", "B", one);
        boolean taken = prolific.putIfAbsent("studies", "b", one);
        boolean free = prolific.putIfAbsent("studies", "a", one);
        mock.put("studies", "b", one);

        assertThat(taken).isFalse();
        assertThat(free).isTrue();
        assertThat(prolific.list("studies"))
                .containsExactly(Map.entry("B", one), Map.entry("a", one), Map.entry("b", two));
        assertThat(prolific.find("studies", "b")).contains(two);
        assertThat(prolific.find("runs", "b")).isEmpty();
        assertThat(prolific.remove("studies", "b")).isTrue();
        assertThat(prolific.remove("studies", "b")).isFalse();
        assertThat(mock.find("studies", "b")).contains(one);
    }
}
