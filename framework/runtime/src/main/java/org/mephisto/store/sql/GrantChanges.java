package org.mephisto.store.sql;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.mephisto.store.QualificationStore;

/**
 * Whether what any worker holds may have changed since somebody looked, without looking again: every registration has to know, and a look
 * is a quarter of what it costs the one thread that writes. A stamp counts the commits that may have changed something, ours as they are
 * made, those of other processes as the engine tells of them when our next transaction begins.
 *
 * <p>The writer's thread alone changes the count; anybody takes a {@link #stamp}.
 */
final class GrantChanges {
    /** The stamp of a transaction that has changed something itself, equal to no count. */
    private static final long UNKNOWN = -1;

    private final AtomicLong commits = new AtomicLong();
    private boolean isPending;
    private OptionalLong commitsOfOthers = OptionalLong.empty();

    /** Of all that is committed by now: to be taken before a transaction begins that reads. */
    long stamp() {
        return commits.get();
    }

    /**
     * The writer's: a transaction has begun, which keeps everybody else from writing if the engine tells of their commits.
     *
     * @param others {@link Dialect#commitsOfOthers}, asked for inside that transaction
     */
    void begun(OptionalLong others) {
        if (others.isEmpty() || !others.equals(commitsOfOthers)) {
            commits.incrementAndGet();
            commitsOfOthers = others;
        }
    }

    /** The writer's: its transaction has ended, in whatever way. */
    void ended() {
        if (isPending) {
            isPending = false;
            commits.incrementAndGet();
        }
    }

    /** The writer's: the connection is a new one, whose numbers cannot be compared. */
    void reconnected() {
        commitsOfOthers = OptionalLong.empty();
    }

    /** As a transaction sees it that has begun after the stamp was taken. */
    View viewOfReader(long stamp) {
        return new View() {
            @Override
            public long stamp() {
                return stamp;
            }

            @Override
            public boolean isStill(long earlier) {
                return false;
            }

            @Override
            public void change() {
                // A connection that reads is refused by the engine.
            }
        };
    }

    /** As the writer's transactions see it. */
    View viewOfWriter() {
        return new View() {
            @Override
            public long stamp() {
                return isPending ? UNKNOWN : commits.get();
            }

            @Override
            public boolean isStill(long earlier) {
                return !isPending && commitsOfOthers.isPresent() && earlier == commits.get();
            }

            @Override
            public void change() {
                isPending = true;
            }
        };
    }

    /** What {@link QualificationStore} asks and tells. */
    interface View {
        long stamp();

        boolean isStill(long earlier);

        void change();
    }
}
