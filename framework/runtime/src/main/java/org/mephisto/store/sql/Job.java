package org.mephisto.store.sql;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.store.Store.Work;

/** A piece of work and its caller's future. Run and completed by the writer's thread alone. */
final class Job<T> extends CompletableFuture<T> {
    private final Work<T> work;
    private @Nullable T result;

    Job(Work<T> work) {
        this.work = work;
    }

    /**
     * Runs the work and keeps its result until {@link #succeed}.
     *
     * @return what it failed with, or null
     */
    @Nullable
    Throwable attempt(SqlTransaction transaction, Session session) {
        try {
            result = work.run(transaction);
        } catch (Throwable failure) {
            return failure;
        }
        return session.failure()
                .map(swallowed -> new MephistoException(
                        ErrorCode.STORE_FAILED,
                        "A statement had failed and the work went on; nothing of it was stored. "
                                + session.dialect().describe(swallowed),
                        swallowed))
                .orElse(null);
    }

    /** Gives the caller the result of the last attempt, which is committed now. */
    void succeed() {
        T value = result;
        result = null;
        complete(value);
    }
}
