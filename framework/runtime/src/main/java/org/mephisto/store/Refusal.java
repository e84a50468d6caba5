package org.mephisto.store;

import java.time.Instant;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.FailureReason;

/**
 * That a worker got no unit in a run for some reason.
 *
 * @param count how often
 * @param details the rule and the values of the last time, such as {@code {"rule": "qualification", "qualification": "skilled", "comparator":
 *     "GreaterThan", "value": 3, "granted": null}}
 */
public record Refusal(
        long taskRunId, long workerId, FailureReason reason, long count, Instant lastAt, JsonValue details) {}
