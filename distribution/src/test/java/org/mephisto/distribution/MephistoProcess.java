package org.mephisto.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code bin/mephisto} as a process of its own, ended with the test. Its script ends in {@code exec}, so its id is Java's own. */
final class MephistoProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LINK = Pattern.compile("Try it +(http\\S+)");
    private static final Pattern WAITING_FOR_THOSE_AT_WORK = Pattern.compile("stopping, waiting for [1-9]\\d* at work");

    private final Process process;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    private final List<Thread> readers = new ArrayList<>();
    private int open = 2;

    private MephistoProcess(Process process) {
        this.process = process;
        readers.add(Thread.ofVirtual().start(() -> read(process.getInputStream(), out)));
        readers.add(Thread.ofVirtual().start(() -> read(process.getErrorStream(), err)));
    }

    /** A process of this distribution whose user settings and data are in the given folder. */
    static Builder of(Distribution distribution, Path mephistoHome) {
        return new Builder(distribution, mephistoHome);
    }

    private void read(InputStream stream, StringBuilder text) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            char[] part = new char[8192];
            for (int n = reader.read(part); n >= 0; n = reader.read(part)) {
                grow(text, new String(part, 0, n));
            }
        } catch (IOException e) {
            grow(text, "\n[reading the output failed: " + e + "]\n");
        } finally {
            ended();
        }
    }

    private void ended() {
        lock.lock();
        try {
            open--;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void grow(StringBuilder text, String more) {
        lock.lock();
        try {
            text.append(more);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    private String text(StringBuilder stream) {
        lock.lock();
        try {
            return stream.toString();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until standard error has what the pattern finds. */
    Matcher awaitErr(Pattern pattern) throws InterruptedException {
        return await(err, pattern);
    }

    /** Waits until standard output has what the pattern finds. */
    Matcher awaitOut(Pattern pattern) throws InterruptedException {
        return await(out, pattern);
    }

    private Matcher await(StringBuilder stream, Pattern pattern) throws InterruptedException {
        long nanos = PATIENCE.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                Matcher matcher = pattern.matcher(stream.toString());
                if (matcher.find()) {
                    return matcher;
                }
                if (nanos <= 0 || open == 0) {
                    throw new AssertionError("There is no \"" + pattern + "\" in what was printed:\n" + err + out);
                }
                nanos = grown.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The ready-made link of a run, waited for. */
    URI link() throws InterruptedException {
        return URI.create(awaitErr(LINK).group(1));
    }

    /** Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("The process has ended already:\n" + err() + out());
        }
    }

    /** Ctrl-C while somebody is at work; returns when the run waits for them. */
    void interruptWork() throws IOException, InterruptedException {
        interrupt();
        awaitErr(WAITING_FOR_THOSE_AT_WORK);
    }

    /** Likewise, and again after that: signals that are sent closer together may arrive as one. */
    void interruptTwice() throws IOException, InterruptedException {
        interruptWork();
        interrupt();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    int awaitExit() throws InterruptedException {
        return awaitExit(PATIENCE);
    }

    /** The exit code; all output is there then. */
    int awaitExit(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("The process goes on after " + patience.toSeconds() + " s:\n" + err() + out());
        }
        for (Thread reader : readers) {
            reader.join();
        }
        if (err().contains("has been blocked for")) {
            throw new AssertionError("An event loop was blocked:\n" + err());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }

    /** How it is started. Confined to one thread. */
    static final class Builder {
        private final Distribution distribution;
        private final Map<String, String> environment = new HashMap<>(System.getenv());
        private Path directory = Path.of("").toAbsolutePath();

        private Builder(Distribution distribution, Path mephistoHome) {
            this.distribution = distribution;
            environment.keySet().removeIf(name -> name.startsWith("MEPHISTO_"));
            environment.put("MEPHISTO_HOME", mephistoHome.toString());
            // Most end before the second compiler's work would pay; it takes a core of the tests' time.
            environment.put("MEPHISTO_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        }

        Builder directory(Path current) {
            directory = current;
            return this;
        }

        Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        Builder withoutEnvironment(String name) {
            environment.remove(name);
            return this;
        }

        /** Starts it; a build that runs in the background ignores Ctrl-C, its children here do not. */
        MephistoProcess start(String... args) {
            List<String> command = new ArrayList<>(List.of(
                    "/usr/bin/env",
                    "--default-signal=INT",
                    distribution.script().toString()));
            command.addAll(List.of(args));
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            try {
                return new MephistoProcess(builder.start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Runs it to its end and demands that it did well. */
        String result(String... args) throws InterruptedException {
            try (MephistoProcess running = start(args)) {
                int code = running.awaitExit();
                if (code != 0) {
                    throw new AssertionError(
                            "mephisto " + String.join(" ", args) + " ended with " + code + ":\n" + running.err());
                }
                return running.out();
            }
        }
    }
}
