package org.mephisto.store;

import java.util.List;

/** Decisions on units; appended, never changed. */
public interface ReviewStore {
    void add(Review review);

    /** Oldest first. */
    List<Review> listByUnit(long unitId);
}
