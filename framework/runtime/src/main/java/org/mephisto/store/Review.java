package org.mephisto.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mephisto.spi.model.UnitStatus;

/**
 * One decision on a unit.
 *
 * @param status accepted, rejected or soft_rejected
 * @param reviewer who decided
 */
public record Review(
        long unitId,
        long workerId,
        UnitStatus status,
        Optional<String> note,
        OptionalDouble bonus,
        String reviewer,
        Instant createdAt) {}
