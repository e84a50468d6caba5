package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * The server under test as the command sees it, with a count of the units that are still free in its task run: when a round needs more
 * than are left, the run is ended and a new one launched, outside the measured time. Confined to the command's thread.
 */
final class BenchRun implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int MOST_LOOKS = 100;
    /** Processor time between two looks of a process that has nothing to do but answer them. */
    private static final double QUIET_SECONDS = 0.02;

    private final ChildProcess server;
    private final LoadGeneratorClient load;
    private final String name;
    private final Work work;
    private final String heapFlags;
    private int free;
    private int launches;
    private int port;

    private BenchRun(ChildProcess server, LoadGeneratorClient load, String name, Work work, String heapFlags) {
        this.server = server;
        this.load = load;
        this.name = name;
        this.work = work;
        this.heapFlags = heapFlags;
    }

    /**
     * Starts the process and opens its database; nothing is launched yet.
     *
     * @param heapFlags the process's options for its heap
     * @param name what the load generator calls it
     * @param directory for its data; exists
     * @param work what each task run launches
     */
    static BenchRun start(
            Class<?> serverMain,
            List<String> heapFlags,
            Path directory,
            LoadGeneratorClient load,
            String name,
            Work work) {
        ChildProcess server = ChildProcess.start(serverMain, heapFlags);
        try {
            server.ask(ChildProcess.command("open").put("directory", directory.toString()));
        } catch (MephistoException e) {
            server.close();
            throw e;
        }
        return new BenchRun(server, load, name, work, String.join(" ", heapFlags));
    }

    /**
     * Takes units for that many registrations.
     *
     * @return how many can be had: all of them, or the whole run
     */
    int take(int wanted) {
        int taken = Math.min(wanted, work.units());
        if (taken > free) {
            launchAgain();
        }
        free -= taken;
        return taken;
    }

    /** Ends the run, if there is one, launches a new one and connects the workers to it. */
    void launchAgain() {
        if (launches > 0) {
            server.ask(ChildProcess.command("end_run"));
            awaitQuiet();
        }
        JsonNode launched = server.ask(work.toJson());
        if (!launched.path("port").isInt()) {
            throw new MephistoException(
                    ErrorCode.INTERNAL, "The server under test answered \"" + launched + "\" without a port.");
        }
        port = launched.path("port").asInt();
        load.connect(name, port);
        free = work.units();
        launches++;
    }

    /** Waits until the server has nothing left to copy, collect or compile of what came before: that is not the next round's to bear. */
    void awaitQuiet() {
        double used = figures(false).cpuSeconds();
        for (int i = 0; i < MOST_LOOKS; i++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            double now = figures(false).cpuSeconds();
            if (now - used < QUIET_SECONDS) {
                return;
            }
            used = now;
        }
    }

    /** {@link #take}, with new connections even when the run has units left. */
    void takeForBurst(int wanted) {
        int launchesBefore = launches;
        take(wanted);
        if (launches == launchesBefore) {
            load.connect(name, port);
        }
    }

    /** How often a run was launched. */
    int launches() {
        return launches;
    }

    /** Puts back what {@link #take} gave and nobody used. */
    void giveBack(long unused) {
        free += (int) unused;
    }

    /**
     * What the server takes of the machine.
     *
     * @param collect whether it shall collect its garbage first
     */
    Figures figures(boolean collect) {
        return Figures.fromJson(server.ask(ChildProcess.command("figures").put("collect", collect)));
    }

    /** The server's options that say how much memory it may have, and how it is collected. */
    String heapFlags() {
        return heapFlags;
    }

    @Override
    public void close() {
        server.close();
    }
}
