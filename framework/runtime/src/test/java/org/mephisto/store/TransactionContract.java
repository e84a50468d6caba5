package org.mephisto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Task;

/** What a transaction promises. */
interface TransactionContract extends StoreUnderTest {
    @Test
    default void committedWorkIsThereWhenTheDatabaseIsOpenedAgain() {
        store().inTransaction(tx -> tx.tasks().findOrCreate("kept"));
        store().close();

        try (Store again = openAgain()) {
            Optional<Task> kept = again.read(tx -> tx.tasks().find("kept"));

            assertThat(kept).isPresent();
        }
    }

    @Test
    default void anotherProcessSeesWhatIsCommitted() {
        try (Store other = openAgain()) {
            store().inTransaction(tx -> tx.tasks().findOrCreate("mine"));
            other.inTransaction(tx -> tx.tasks().findOrCreate("theirs"));

            List<String> seen = store().read(
                            tx -> tx.tasks().list().stream().map(Task::name).toList());

            assertThat(seen).containsExactly("mine", "theirs");
        }
    }

    @Test
    default void whatWorkThrowsReachesItsCallerAndRollsItBack() {
        IllegalStateException thrown = new IllegalStateException("no");

        assertThatThrownBy(() -> store().inTransaction(tx -> {
                    tx.tasks().findOrCreate("gone");
                    throw thrown;
                }))
                .isSameAs(thrown);

        assertThat(found(tx -> tx.tasks().find("gone"))).isEmpty();
    }

    @Test
    default void oneFailingWorkInAGroupHarmsNoOther() throws InterruptedException {
        List<CompletableFuture<Task>> futures = inOneGroup(
                tx -> tx.tasks().findOrCreate("first"),
                tx -> {
                    tx.tasks().findOrCreate("second");
                    throw new IllegalStateException("culprit");
                },
                tx -> tx.tasks().findOrCreate("third"));

        assertThat(futures.get(0).join().name()).isEqualTo("first");
        assertThat(futures.get(2).join().name()).isEqualTo("third");
        assertThatThrownBy(() -> futures.get(1).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .hasMessage("culprit");
        assertThat(listed(tx -> tx.tasks().list().stream().map(Task::name).toList()))
                .containsExactly("first", "third");
    }

    @Test
    default void workThatFailsOnlyInsideTheGroupIsRunAgainAndSucceeds() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();

        List<CompletableFuture<Task>> futures = inOneGroup(tx -> tx.tasks().findOrCreate("first"), tx -> {
            Task task = tx.tasks().findOrCreate("second");
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
            return task;
        });

        assertThat(futures.get(1).join().name()).isEqualTo("second");
        assertThat(futures.get(0).join().name()).isEqualTo("first");
        assertThat(runs).hasValue(2);
    }

    /** Holds the writer until all are queued, so that they are run together. */
    @SafeVarargs
    private List<CompletableFuture<Task>> inOneGroup(Store.Work<Task>... works) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        CompletableFuture<Boolean> holder = store().submit(tx -> {
            running.countDown();
            return uninterruptibly(queued);
        });
        running.await();
        List<CompletableFuture<Task>> futures = new ArrayList<>();
        for (Store.Work<Task> work : works) {
            futures.add(store().submit(work));
        }
        queued.countDown();
        holder.join();
        return futures;
    }

    private static boolean uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    default void readingWorkMayNotWrite() {
        MephistoException failure = catchThrowableOfType(
                MephistoException.class, () -> store().read(tx -> tx.tasks().findOrCreate("written")));

        assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(found(tx -> tx.tasks().find("written"))).isEmpty();
    }

    @Test
    default void readingWorkSeesOneMomentHoweverLongItTakes() {
        store().read(tx -> {
            int before = tx.tasks().list().size();
            Thread writer = Thread.ofVirtual()
                    .start(() -> store().inTransaction(other -> other.tasks().findOrCreate("later")));
            joined(writer);

            assertThat(tx.tasks().list()).hasSize(before);
            return before;
        });

        assertThat(found(tx -> tx.tasks().find("later"))).isPresent();
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    default void aTransactionIsOfNoUseOutsideItsWork() {
        Transaction leaked = store().inTransaction(tx -> tx);

        assertThatThrownBy(() -> leaked.tasks().list()).hasMessageContaining("outside its work");
    }

    @Test
    default void aTransactionInsideAnotherIsRefusedAndNotADeadlock() {
        assertThatThrownBy(() -> store().inTransaction(tx ->
                        store().inTransaction(inner -> inner.tasks().findOrCreate("inner"))))
                .hasMessageContaining("inside another");
    }

    @Test
    default void manyCallersAtOnceAllFindTheirWorkStored() throws Exception {
        int callers = 300;
        List<Future<Task>> futures = new ArrayList<>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                String name = "task-" + i;
                futures.add(threads.submit(
                        () -> store().inTransaction(tx -> tx.tasks().findOrCreate(name))));
            }
        }

        for (Future<Task> future : futures) {
            assertThat(future.get().id()).isPositive();
        }
        assertThat(listed(tx -> tx.tasks().list())).hasSize(callers);
    }

    @Test
    default void submittedWorkIsRefusedWhenTheQueueIsFullAndWaitersGetTheirTurn() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        CompletableFuture<Boolean> holder = store().submit(tx -> {
            running.countDown();
            return uninterruptibly(open);
        });
        running.await();

        CompletableFuture<Boolean> refused = store().submit(tx -> true);
        while (!refused.isCompletedExceptionally()) {
            refused = store().submit(tx -> true);
        }
        Future<Task> waiting;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            waiting =
                    threads.submit(() -> store().inTransaction(tx -> tx.tasks().findOrCreate("waited")));
            open.countDown();
        }

        assertThat(refused.exceptionNow())
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(holder.join()).isTrue();
        assertThat(waiting.get().name()).isEqualTo("waited");
    }

    @Test
    default void closingFinishesWhatWasBegunAndThenRefuses() {
        List<CompletableFuture<Task>> begun = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "task-" + i;
            begun.add(store().submit(tx -> tx.tasks().findOrCreate(name)));
        }

        store().close();

        assertThat(begun).allMatch(future -> future.join().id() > 0);
        assertThatThrownBy(() -> store().inTransaction(tx -> tx.tasks().list())).hasMessageContaining("closed");
        assertThatThrownBy(() -> store().read(tx -> tx.tasks().list())).hasMessageContaining("closed");
    }
}
