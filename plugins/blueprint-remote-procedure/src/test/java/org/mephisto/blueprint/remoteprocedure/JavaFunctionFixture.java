package org.mephisto.blueprint.remoteprocedure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.RemoteFunction;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.TestRun;

/** A run with functions of code that count their calls or wait to be released. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
abstract class JavaFunctionFixture {
    @TempDir
    Path task;

    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final AtomicInteger calls = new AtomicInteger();

    final TestRun run(Map<String, RemoteFunction> functions) throws IOException {
        return run(functions, Map.of());
    }

    final TestRun run(Map<String, RemoteFunction> functions, Map<String, ?> limits) throws IOException {
        return TaskFiles.run(task)
                .blueprintOption("functions", limits)
                .sharedState(SharedTaskState.builder().functions(functions).build())
                .start();
    }

    final JsonValue same(JsonValue args) {
        calls.incrementAndGet();
        return args;
    }

    final JsonValue awaitRelease(JsonValue args) throws InterruptedException {
        calls.incrementAndGet();
        entered.countDown();
        release.await();
        return args;
    }

    final JsonValue awaitReleaseOrInterrupt(JsonValue args, AgentState state) throws InterruptedException {
        try {
            return awaitRelease(args);
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }
}
