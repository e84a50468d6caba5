package org.mephisto.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.mephisto.spi.model.Worker;

/** Qualifications by name and the workers who hold them. */
public interface QualificationStore {
    /** @return the qualification's id */
    long findOrCreate(String name);

    /** All names, ordered. */
    List<String> list();

    Optional<Qualification> find(String name);

    /** All with what is known of them, ordered by name. */
    List<Qualification> listDescribed();

    /** Sets, or takes away, the description of the qualification with this name; without one, nothing. */
    void describe(String name, Optional<String> description);

    /** Who holds it, ordered by the workers' names. */
    List<Holder> listHolders(String name);

    /** Deletes a qualification that nobody holds; says whether it was one. */
    boolean deleteUnused(String name);

    /** Grants, or changes the value. Creates the qualification where there is none of this name. */
    void grant(String name, long workerId, int value);

    /** Adds one to the value, which counts from 0 where it is not granted yet. Creates the qualification where there is none of this name. */
    void increment(String name, long workerId);

    /** @return whether the worker had it */
    boolean revoke(String name, long workerId);

    OptionalInt granted(String name, long workerId);

    /** All that the worker holds, by name. */
    Map<String, Integer> listGranted(long workerId);

    /** Stands for all that {@link #listGranted} gives in this transaction, for whomever; to be kept for {@link #isStill}. */
    long stamp();

    /**
     * In a transaction that writes: whether what every worker holds is still what it was in the transaction that gave this stamp. False when
     * that is not known, which costs no more than to look again.
     */
    boolean isStill(long stamp);

    /** @param holders how many workers hold it */
    record Qualification(long id, String name, Optional<String> description, Instant createdAt, long holders) {}

    /** @param changedAt when the value was set last */
    record Holder(Worker worker, int value, Instant grantedAt, Instant changedAt) {}
}
