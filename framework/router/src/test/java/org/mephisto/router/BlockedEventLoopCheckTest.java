package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@Tag(BlockedEventLoopCheck.ON_PURPOSE)
class BlockedEventLoopCheckTest {
    private final BlockedEventLoopCheck check = new BlockedEventLoopCheck();

    @Test
    void aBlockedEventLoopFailsTheTest() throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setBlockedThreadCheckInterval(10)
                .setMaxEventLoopExecuteTime(TimeUnit.MILLISECONDS.toNanos(20)));
        CountDownLatch release = new CountDownLatch(1);
        check.start();

        vertx.runOnContext(loop -> awaitOnTheLoop(release));
        while (check.warnings().isEmpty()) {
            Thread.onSpinWait();
        }
        release.countDown();

        assertThatThrownBy(check::stop).isInstanceOf(AssertionError.class).hasMessageContaining("blocked");
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void anIdleEventLoopPasses() {
        check.start();

        assertThatCode(check::stop).doesNotThrowAnyException();
    }

    private static void awaitOnTheLoop(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
