package org.mephisto.blueprint.remoteprocedure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function that a program of the user's answers. Thread-safe. A platform thread keeps the program running: when it ends, its calls fail and
 * it is started again after a pause, which doubles each time it ends soon. Calls that come meanwhile wait for it.
 */
final class CommandCallee implements Callee {
    private static final Logger LOG = LoggerFactory.getLogger(CommandCallee.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private final String name;
    private final ProcessBuilder command;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable CommandProcess running;
    private boolean closed;

    CommandCallee(String name, List<String> command, Path taskDirectory) {
        this.name = name;
        this.command = new ProcessBuilder(command).directory(taskDirectory.toFile());
    }

    /** Whether there is such a program: on the PATH, or at this place in the task's folder. */
    static boolean isThere(String program, Path taskDirectory) {
        if (program.indexOf('/') >= 0 || program.indexOf(File.separatorChar) >= 0) {
            return Files.isExecutable(taskDirectory.resolve(program));
        }
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program)) || Files.isExecutable(Path.of(folder, program + ".exe"))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void start() {
        Thread.ofPlatform().daemon().name("function-" + name).start(RunLog.carrying(this::keepRunning));
    }

    private void keepRunning() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                long begun = System.nanoTime();
                String end = runOnce();
                pause = System.nanoTime() - begun > HEALTHY.toNanos() ? FIRST_PAUSE : pause;
                if (!pauseAfter(end, pause)) {
                    return;
                }
                pause = pause.compareTo(LONGEST_PAUSE.dividedBy(2)) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the program until it ends; says how it did. */
    private String runOnce() throws InterruptedException {
        CommandProcess process;
        try {
            process = CommandProcess.start(name, command);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        if (!offer(process)) {
            process.close();
            return "";
        }
        process.readAnswers();
        offer(null);
        return process.lastWords();
    }

    /** False when the run has ended. */
    private boolean offer(@Nullable CommandProcess process) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            running = process;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** False when the run has ended. */
    private boolean pauseAfter(String end, Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!closed) {
                LOG.warn(
                        "The program of the function {} has ended ({}); it is started again in {} s.",
                        name,
                        end,
                        pause.toMillis() / 1000.0);
            }
            long left = pause.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public JsonValue call(FunctionCall call) throws InterruptedException {
        return awaitRunning().call(call);
    }

    private CommandProcess awaitRunning() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (closed) {
                    throw FunctionErrors.unavailable(name, "has stopped working");
                }
                CommandProcess known = running;
                if (known != null && !known.hasEnded()) {
                    return known;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        CommandProcess last;
        lock.lock();
        try {
            closed = true;
            last = running;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (last != null) {
            try {
                last.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
