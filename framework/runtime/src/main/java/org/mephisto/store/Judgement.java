package org.mephisto.store;

import java.util.Optional;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.json.JsonValue;

/**
 * A unit by which its worker is judged.
 *
 * @param itemKey which item of the screening or gold data the unit was made of; empty for a real unit
 * @param expect the fields and values that are right; empty where a function judges
 * @param outcome empty until it is judged
 */
public record Judgement(
        long agentId,
        long workerId,
        long taskRunId,
        Kind kind,
        Optional<String> itemKey,
        Optional<JsonValue> expect,
        Optional<Verdict> outcome) {
    /** What it decides. */
    public enum Kind {
        /** Whether the worker may do the run's work at all. */
        SCREENING,
        /** Whether the worker still does it well. */
        GOLD
    }
}
