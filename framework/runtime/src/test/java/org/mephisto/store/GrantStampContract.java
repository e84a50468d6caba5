package org.mephisto.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A stamp never outlives a change of what somebody holds, whoever makes it and whenever the stamp was taken. */
interface GrantStampContract extends StoreUnderTest {
    @Test
    default void everyKindOfChangeEndsAStamp() {
        long ann = worker("ann");
        List<Consumer<QualificationStore>> changes = List.of(
                qualifications -> qualifications.grant("fluent", ann, 1),
                qualifications -> qualifications.grant("fluent", ann, 2),
                qualifications -> qualifications.increment("gold", ann),
                qualifications -> qualifications.increment("gold", ann),
                qualifications -> qualifications.revoke("fluent", ann));

        List<Boolean> still = changes.stream()
                .map(change -> {
                    long stamp = stamp();
                    change(store(), change);
                    return isStill(stamp);
                })
                .toList();

        assertThat(still).containsOnly(false);
    }

    @Test
    default void aChangeByAnotherProcessEndsAStamp() {
        long ann = worker("ann");
        long stamp = stamp();

        try (Store other = openAgain()) {
            change(other, qualifications -> qualifications.grant("fluent", ann, 1));
        }

        assertThat(isStill(stamp)).isFalse();
    }

    @Test
    default void aStampThatWasTakenBesideAChangeIsNeverGood() {
        long ann = worker("ann");

        List<Long> stamps = store().inTransaction(tx -> {
            long before = tx.qualifications().stamp();
            tx.qualifications().grant("fluent", ann, 1);
            assertThat(tx.qualifications().isStill(before)).isFalse();
            return List.of(before, tx.qualifications().stamp());
        });

        assertThat(stamps).noneMatch(this::isStill);
    }

    @Test
    default void aReadersStampIsAsOldAsWhatItSees() {
        long ann = worker("ann");
        store().inTransaction(tx -> tx.qualifications().findOrCreate("fluent"));

        long stamp = store().read(tx -> {
            assertThat(tx.qualifications().listGranted(ann)).isEmpty();
            try (Store other = openAgain()) {
                change(other, qualifications -> qualifications.grant("fluent", ann, 1));
            }
            // Our own writer learns of it before this stamp is asked for.
            whileReading(() -> change(store(), qualifications -> qualifications.increment("gold", ann)));
            assertThat(tx.qualifications().listGranted(ann)).isEmpty();
            return tx.qualifications().stamp();
        });

        assertThat(isStill(stamp)).isFalse();
    }

    private static void whileReading(Runnable change) {
        try {
            Thread.ofVirtual().start(change).join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void change(Store store, Consumer<QualificationStore> change) {
        store.inTransaction(tx -> {
            change.accept(tx.qualifications());
            return true;
        });
    }

    /** As a transaction that reads gives it. */
    default long stamp() {
        return store().read(tx -> tx.qualifications().stamp());
    }

    default boolean isStill(long stamp) {
        return store().inTransaction(tx -> tx.qualifications().isStill(stamp));
    }
}
