package org.mephisto.benchmark;

import java.nio.file.Path;

/** A real Mephisto in this process, as {@link BenchServer} drives it. Used by one thread. */
interface ServerUnderTest extends AutoCloseable {
    /**
     * Launches a new task run: static units of {@value BenchServer#UNIT_BYTES} bytes, or live ones whose blueprint echoes; the mock
     * provider, the local architect on any free port of 127.0.0.1. Returns when every unit is launched and workers can come.
     */
    Launched launch(Work work) throws Exception;

    /** Ends the run that {@link #launch} began; its units expire. The next launch uses the same database. */
    void endRun() throws Exception;

    /** Ends everything. */
    @Override
    void close();

    /**
     * A launched run.
     *
     * @param port where workers arrive
     * @param seconds from the call to the last unit launched
     * @param database the SQLite file
     */
    record Launched(int port, double seconds, Path database) {}
}
