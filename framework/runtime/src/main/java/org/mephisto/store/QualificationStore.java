package org.mephisto.store;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Qualifications by name and the workers who hold them. */
public interface QualificationStore {
    /** @return the qualification's id */
    long findOrCreate(String name);

    /** All names, ordered. */
    List<String> list();

    /** Grants, or changes the value. Creates the qualification where there is none of this name. */
    void grant(String name, long workerId, int value);

    /** Adds one to the value, which counts from 0 where it is not granted yet. Creates the qualification where there is none of this name. */
    void increment(String name, long workerId);

    /** @return whether the worker had it */
    boolean revoke(String name, long workerId);

    OptionalInt granted(String name, long workerId);

    /** All that the worker holds, by name. */
    Map<String, Integer> listGranted(long workerId);
}
