package org.mephisto.operator;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.mephisto.journal.SpareSegments;
import org.mephisto.registry.Registry;
import org.mephisto.spi.architect.RouterLauncher;
import org.mephisto.store.DataDirectories;
import org.mephisto.store.Store;
import org.mephisto.threads.CodeThreads;

/**
 * What all runs of a process share.
 *
 * @param spareSegments what ended runs leave to the journals of the next ones
 * @param http for crowd providers
 * @param codeThreads run the blueprints' code
 */
public record Platform(
        Registry registry,
        Store store,
        DataDirectories directories,
        SpareSegments spareSegments,
        RouterLaunchers routers,
        HttpClient http,
        CodeThreads codeThreads,
        InstantSource clock) {

    /** Removes a run of which nothing was launched, so that nobody takes it up instead of one that was. */
    void discard(long taskRunId) {
        boolean discarded = store.inTransaction(tx -> tx.taskRuns().deleteUnused(taskRunId));
        if (discarded) {
            directories.deleteRun(taskRunId);
        }
    }

    /**
     * Makes a router launcher whose routers keep uploaded files in the given folder and tell of pages that have been silent for so long;
     * zero when pages may be silent.
     */
    @FunctionalInterface
    public interface RouterLaunchers {
        RouterLauncher forRun(Path uploads, Duration pageSilence);
    }
}
