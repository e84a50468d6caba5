package org.mephisto.store.sql;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection that writes, made anew when it is lost, and the log of its commits. The writer's thread alone uses it. */
final class WriterConnection {
    private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);

    private final Dialect dialect;
    private final GrantChanges grants;
    private final Forcer forcer;
    private final Function<Session, Optional<CommitLog>> commitLog;
    private final Consumer<MephistoException> unreachable;
    private boolean isNew = true;
    private @Nullable Session session;
    private @Nullable SqlTransaction transaction;

    /**
     * @param session ready for use
     * @param grants told of every transaction
     * @param forcer is given the log of the connection's commits, if it has one
     * @param commitLog mostly {@link Dialect#commitLog}
     * @param unreachable told when no connection can be made
     */
    WriterConnection(
            Session session,
            GrantChanges grants,
            Forcer forcer,
            Function<Session, Optional<CommitLog>> commitLog,
            Consumer<MephistoException> unreachable) {
        this.dialect = session.dialect();
        this.grants = grants;
        this.forcer = forcer;
        this.commitLog = commitLog;
        this.unreachable = unreachable;
        this.session = session;
        this.transaction = new SqlTransaction(session, grants.viewOfWriter());
        session.ownedBy(null);
    }

    Session session() {
        return Objects.requireNonNull(session);
    }

    /** The tables on this connection. */
    SqlTransaction transaction() {
        return Objects.requireNonNull(transaction);
    }

    /** Begins a transaction, on a new connection if there is none. */
    void begin() {
        forcer.requireSound();
        if (session == null) {
            session = connect();
            transaction = new SqlTransaction(session, grants.viewOfWriter());
            grants.reconnected();
            isNew = true;
        }
        session.ownedBy(Thread.currentThread());
        if (isNew) {
            isNew = false;
            commitLog.apply(session).ifPresent(forcer::use);
        }
        dialect.begin(session);
        grants.begun(dialect.commitsOfOthers(session));
    }

    private Session connect() {
        try {
            return new Session(dialect.connect(), dialect);
        } catch (SQLException e) {
            MephistoException failure = new MephistoException(
                    ErrorCode.STORE_FAILED, dialect.unusable(e).getMessage(), e);
            unreachable.accept(failure);
            throw failure;
        }
    }

    void commit() {
        try {
            dialect.commit(session());
        } finally {
            grants.ended();
        }
    }

    /** Ends the transaction, if it is still there. */
    void rollback() {
        grants.ended();
        if (session == null) {
            return;
        }
        if (isLost()) {
            close();
            return;
        }
        try {
            dialect.rollback(session);
        } catch (RuntimeException e) {
            // The engine may have rolled back by itself; either way a new connection begins with a clean slate.
            LOG.debug("Rolling back failed; connecting anew.", e);
            close();
        }
    }

    /** Whether a statement has failed because nobody is at the other end any more. */
    boolean isLost() {
        return session != null
                && session.failure().filter(dialect::isConnectionLost).isPresent();
    }

    /** What the transaction's first failed statement says; empty when none has failed. */
    String describeFailure() {
        return session == null ? "" : session.failure().map(dialect::describe).orElse("");
    }

    /** Gives the connection up, once its commits are on the disk; {@link #begin} makes another. */
    void close() {
        if (session != null) {
            forcer.release();
            session.close();
            session = null;
            transaction = null;
        }
    }
}
