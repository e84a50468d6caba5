package org.mephisto.config.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mephisto.config.hooks.HookSources.LONG;
import static org.mephisto.config.hooks.HookSources.VALUES;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

final class HookCallsTest {
    @TempDir
    private Path folder;

    @Test
    void aMethodThatDoesNotReturnIsGivenUpAndOthersGoOn() throws IOException {
        HookClass hooks = HookSources.compile(folder, """
                static volatile boolean spinning = true;
                boolean spin() { while (spinning) { Thread.onSpinWait(); } return true; }
                boolean quick() { spinning = false; return true; }""");
        HookCalls calls = new HookCalls(hooks.newInstance());

        assertThatThrownBy(() -> calls.call(
                        hooks.require("p", "spin", HookSignature.WORKER_CAN_DO_UNIT), Duration.ofMillis(50), VALUES))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT))
                .hasMessageContainingAll("spin", "50 ms", "\"timeout\"");
        assertThat(calls.call(hooks.require("p", "quick", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .isEqualTo(true);
    }

    /** As many as there are processors would stop every virtual thread of the process, if these were not threads of their own. */
    @Test
    void methodsThatComputeWithoutEndDoNotStopTheProcess() throws Exception {
        HookClass hooks = HookSources.compile(folder, """
                static volatile boolean spinning = true;
                boolean spin() { while (spinning) { Thread.onSpinWait(); } return true; }
                boolean stop() { spinning = false; return true; }""");
        HookCalls calls = new HookCalls(hooks.newInstance());
        HookMethod spin = hooks.require("p", "spin", HookSignature.WORKER_CAN_DO_UNIT);
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            assertThatThrownBy(() -> calls.call(spin, Duration.ofMillis(20), VALUES))
                    .hasMessageContaining("20 ms");
        }

        CountDownLatch ran = new CountDownLatch(1);
        Thread.ofVirtual().start(ran::countDown);

        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(calls.call(hooks.require("p", "stop", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .isEqualTo(true);
    }

    @Test
    void closingClosesTheObjectInterruptsWhatStillRunsAndRefusesLaterCalls() throws Exception {
        HookClass hooks = HookSources.compileCloseable(folder, """
                static final java.util.concurrent.CountDownLatch interrupted = new java.util.concurrent.CountDownLatch(1);
                boolean hang() {
                    try {
                        new java.util.concurrent.CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return true;
                }
                static boolean closed;
                public void close() { closed = true; }""");
        Object object = hooks.newInstance();
        HookCalls calls = new HookCalls(object);
        HookMethod hang = hooks.require("p", "hang", HookSignature.WORKER_CAN_DO_UNIT);
        Thread waiting = Thread.startVirtualThread(() -> calls.call(hang, LONG, VALUES));
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        calls.close();
        waiting.join();

        assertThat(field(object, "closed")).isEqualTo(true);
        assertThat(((CountDownLatch) field(object, "interrupted")).await(30, TimeUnit.SECONDS))
                .isTrue();
        assertThatThrownBy(() -> calls.call(hang, LONG, VALUES))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContainingAll("hang of Hooks.java", "has ended");
    }

    @Test
    void anObjectWhoseCloseFailsHarmsNothing() throws Exception {
        HookCalls calls = new HookCalls(HookSources.compileCloseable(
                        folder, "public void close() { throw new IllegalStateException(\"disk full\"); }")
                .newInstance());

        calls.close();
        calls.close();
    }

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        var field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    @Test
    void whatAMethodThrowsIsNamed() throws IOException {
        HookClass hooks = HookSources.compile(folder, """
                boolean fails() { throw new IllegalStateException("no luck"); }
                boolean refuses() { throw new org.mephisto.spi.error.MephistoException(
                        org.mephisto.spi.error.ErrorCode.UNAVAILABLE, "come back"); }
                boolean overflows() { return overflows(); }""");
        HookCalls calls = new HookCalls(hooks.newInstance());

        assertThatThrownBy(
                        () -> calls.call(hooks.require("p", "fails", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_FAILED))
                .hasMessageContainingAll("fails", "no luck");
        assertThatThrownBy(
                        () -> calls.call(hooks.require("p", "refuses", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessage("come back");
        assertThatThrownBy(() ->
                        calls.call(hooks.require("p", "overflows", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .hasMessageContaining("StackOverflowError");
    }
}
