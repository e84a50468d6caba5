package org.mephisto.store;

import java.util.concurrent.CompletableFuture;
import org.mephisto.spi.provider.ProviderStore;

/** The database. Thread-safe. */
public interface Store extends AutoCloseable {
    /**
     * Runs the work and returns its result once it is committed and fsynced. Blocks, also while too many others wait; small transactions of
     * several callers are committed together.
     *
     * @throws org.mephisto.spi.error.MephistoException {@code STORE_FAILED}; nothing of this work was stored then, but for the one case
     *     that the message names: a database server that was lost during the commit itself. {@code UNAVAILABLE} when the store is closed
     */
    <T> T inTransaction(Work<T> work);

    /**
     * {@link #inTransaction} without waiting. The future completes on the store's own thread: hand over, do not block there. It fails with
     * {@code UNAVAILABLE} when too much waits already.
     */
    <T> CompletableFuture<T> submit(Work<T> work);

    /**
     * Runs the work on a reading connection, beside writers; it sees all that was committed before and must change nothing. What it has seen
     * of this process's work is on the disk when this returns. Blocks.
     *
     * @throws org.mephisto.spi.error.MephistoException also when the disk has failed since, and nobody knows what it has
     */
    <T> T read(Work<T> work);

    /** The named tables that belong to a provider type. */
    ProviderStore providerStore(String providerType);

    /** Finishes what was begun, then closes. */
    @Override
    void close();

    /** A piece of work inside a transaction; what it throws rolls it back and reaches the caller. */
    @FunctionalInterface
    interface Work<T> {
        T run(Transaction tx);
    }
}
