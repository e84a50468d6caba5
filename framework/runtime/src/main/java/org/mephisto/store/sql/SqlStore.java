package org.mephisto.store.sql;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.provider.ProviderStore;
import org.mephisto.store.Store;

/** One writer, many readers. Thread-safe. */
final class SqlStore implements Store {
    private final WorkQueue queue = new WorkQueue();
    private final GrantChanges grants = new GrantChanges();
    private final GroupWriter writer;
    private final Readers readers;
    private final Optional<Checkpointer> checkpointer;

    /** @param session the writing connection, migrated; the store's own from now on */
    SqlStore(Session session) {
        this(session, writer -> session.dialect().commitLog(writer));
    }

    /** @param commitLog what makes the writing connection's commits durable */
    SqlStore(Session session, Function<Session, Optional<CommitLog>> commitLog) {
        readers = new Readers(session.dialect(), grants);
        checkpointer = session.dialect() instanceof SqliteDialect sqlite
                ? Optional.of(new Checkpointer(sqlite))
                : Optional.empty();
        writer = new GroupWriter(
                queue,
                session,
                grants,
                commitLog,
                connection -> checkpointer.ifPresent(follower -> follower.afterCommit(connection)));
        checkpointer.ifPresent(Checkpointer::start);
        writer.start();
    }

    @Override
    public <T> T inTransaction(Work<T> work) {
        requireOutsideWork();
        try {
            return queue.put(work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public <T> CompletableFuture<T> submit(Work<T> work) {
        return queue.offer(work);
    }

    @Override
    public <T> T read(Work<T> work) {
        requireOutsideWork();
        T result = readers.run(work);
        writer.awaitDurable();
        return result;
    }

    /** Inside, the first would wait for itself, and the second would not see what was just written. */
    private void requireOutsideWork() {
        if (writer.isOwnThread()) {
            throw new MephistoException(
                    ErrorCode.INTERNAL,
                    "A transaction was begun inside another, or where the store completes futures. Use the one there is, or hand over to another thread.");
        }
    }

    @Override
    public ProviderStore providerStore(String providerType) {
        return new SqlProviderStore(this, TextLimit.WORD.check("provider type", providerType));
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
        checkpointer.ifPresent(Checkpointer::close);
    }
}
