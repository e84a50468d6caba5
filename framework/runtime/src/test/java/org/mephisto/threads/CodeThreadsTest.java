package org.mephisto.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a loop that does what it is told; the build's own JVM options let it share its thread. */
@Timeout(60)
final class CodeThreadsTest {
    private static final String CARRIER = "test-loop-carrier-";

    private final CodeThreads threads = CodeThreads.create();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private Thread loop;
    /** The loop's own. */
    private boolean hasEnded;

    /** Ends code that computes without end. */
    private volatile boolean enough;

    @BeforeEach
    void startLoop() {
        loop = threads.newLoop("test-loop", this::runLoop);
        loop.start();
    }

    private void runLoop() {
        EventLoopThread self = Objects.requireNonNull(threads.currentLoop());
        try {
            while (!hasEnded) {
                tasks.take().run();
                self.makeWay();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void endLoop() throws InterruptedException {
        enough = true;
        tasks.add(() -> hasEnded = true);
        loop.join();
        threads.close();
    }

    private <T> T onLoop(Supplier<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        tasks.add(() -> done.complete(task.get()));
        return done.get(30, TimeUnit.SECONDS);
    }

    private void spin() {
        while (!enough) {
            Thread.onSpinWait();
        }
    }

    /** Code that waits for the loop before each of its steps, and then says what platform thread it is on. */
    private final class Stepping {
        final Semaphore next = new Semaphore(0);
        final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        volatile Runnable step = () -> {};

        Stepping() {
            threads.start("code", () -> {
                while (!enough) {
                    next.acquireUninterruptibly();
                    step.run();
                    seen.add(Thread.currentThread().toString());
                }
            });
        }

        void release() throws Exception {
            onLoop(() -> {
                next.release();
                return true;
            });
        }

        String step() throws Exception {
            release();
            return seen.take();
        }

        /** Goes on until the loop's platform thread runs the code. */
        void untilOnTheLoopsThread() throws Exception {
            while (!step().contains(CARRIER)) {
                assertThat(loop.isAlive()).isTrue();
            }
        }

        void untilBesideTheLoop() throws Exception {
            while (step().contains(CARRIER)) {
                assertThat(loop.isAlive()).isTrue();
            }
        }

        void end() {
            enough = true;
            next.release();
        }
    }

    @Test
    void codeStartsBesideTheLoopAndComesToItsThreadWhenItsTurnsAreQuick() throws Exception {
        Stepping code = new Stepping();

        assertThat(code.step()).doesNotContain(CARRIER);
        code.untilOnTheLoopsThread();

        code.end();
    }

    @Test
    void theLoopGoesOnWhenCodeKeepsItsThread() throws Exception {
        Stepping code = new Stepping();
        code.untilOnTheLoopsThread();
        CountDownLatch kept = new CountDownLatch(1);
        code.step = () -> {
            if (Thread.currentThread().toString().contains(CARRIER)) {
                kept.countDown();
                spin();
            }
        };
        while (!kept.await(1, TimeUnit.MILLISECONDS)) {
            code.release();
        }

        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int task = i;
            onLoop(() -> done.add(task));
        }

        assertThat(done).hasSize(100);
        code.end();
    }

    /** Each is on the loop's thread, or has been taken for it, when the first of them does not give it back. */
    @Test
    void aLoopThatHasTakenMuchCodeThatDoesNotEndGoesOn() throws Exception {
        List<Stepping> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(new Stepping());
        }
        all.getFirst().untilOnTheLoopsThread();
        for (Stepping code : all) {
            code.step();
            code.step = CodeThreadsTest.this::spin;
        }

        boolean taken = onLoop(() -> {
            all.forEach(code -> code.next.release());
            return true;
        });

        assertThat(taken).isTrue();
        assertThat(onLoop(() -> "still there")).isEqualTo("still there");
        all.forEach(Stepping::end);
    }

    @Test
    void codeThatABusyLoopHasTakenDoesNotWaitForIt() throws Exception {
        Stepping code = new Stepping();
        code.untilOnTheLoopsThread();
        CountDownLatch hasRun = new CountDownLatch(1);
        code.step = hasRun::countDown;

        boolean ranMeanwhile = onLoop(() -> {
            code.next.release();
            return awaitBusily(hasRun);
        });

        assertThat(ranMeanwhile).isTrue();
        code.end();
    }

    /** Without giving its thread away. */
    private static boolean awaitBusily(CountDownLatch latch) {
        long begun = System.nanoTime();
        while (latch.getCount() > 0 && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(30)) {
            Thread.onSpinWait();
        }
        return latch.getCount() == 0;
    }

    @Test
    void slowCodeLosesTheLoopsThread() throws Exception {
        Stepping code = new Stepping();
        code.untilOnTheLoopsThread();
        long slow = 1000 * Pace.QUICK_NANOS;
        code.step = () -> {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < slow) {
                Thread.onSpinWait();
            }
        };
        code.step();
        code.step = () -> {};

        // The slow turn is counted when the code waits again, which may be after the next step was asked for.
        code.untilBesideTheLoop();
        code.untilOnTheLoopsThread();
        code.end();
    }

    @Test
    void codeThatComputesWithoutEndHoldsUpNoOther() throws Exception {
        int spinning = Runtime.getRuntime().availableProcessors() + 2;
        CountDownLatch allAtOnce = new CountDownLatch(spinning);
        for (int i = 0; i < spinning; i++) {
            threads.start("spinning-" + i, () -> {
                allAtOnce.countDown();
                spin();
            });
        }

        assertThat(allAtOnce.await(30, TimeUnit.SECONDS)).isTrue();

        Stepping other = new Stepping();
        assertThat(other.step()).isNotEmpty();
        CompletableFuture<String> unrelated = new CompletableFuture<>();
        Thread.startVirtualThread(() -> unrelated.complete("done"));
        assertThat(unrelated.get(30, TimeUnit.SECONDS)).isEqualTo("done");
        other.end();
    }

    @Test
    void threadsThatCodeOrTheLoopStartsRunBesideTheLoop() throws Exception {
        CompletableFuture<String> child = new CompletableFuture<>();
        CompletableFuture<String> ofCode = new CompletableFuture<>();

        onLoop(() -> Thread.startVirtualThread(
                () -> child.complete(Thread.currentThread().toString())));
        threads.start(
                "code",
                () -> Thread.startVirtualThread(
                        () -> ofCode.complete(Thread.currentThread().toString())));

        assertThat(child.get(30, TimeUnit.SECONDS)).doesNotContain(CARRIER);
        assertThat(ofCode.get(30, TimeUnit.SECONDS)).doesNotContain(CARRIER);
    }

    @Test
    void manyTurnsAtOnceAllRun() throws Exception {
        List<Stepping> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(new Stepping());
        }
        all.getFirst().untilOnTheLoopsThread();

        for (int round = 0; round < 50; round++) {
            onLoop(() -> {
                all.forEach(code -> code.next.release());
                return true;
            });
            for (Stepping code : all) {
                assertThat(code.seen.poll(30, TimeUnit.SECONDS)).isNotNull();
            }
        }
        all.forEach(Stepping::end);
    }

    @Test
    void apartFromLoopsCodeRunsToo() throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        try (CodeThreads apart = CodeThreads.with(Optional.empty())) {
            assertThat(apart.areShared()).isFalse();
            assertThat(apart.currentLoop()).isNull();
            apart.start("code", () -> done.complete(Thread.currentThread().getName()));
            assertThat(done.get(30, TimeUnit.SECONDS)).isEqualTo("code");
        }
    }
}
