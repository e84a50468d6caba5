package org.mephisto.spi.blueprint;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mephisto.spi.model.QualificationRequirement;

/** One task run's work. Used by several threads at once; the framework calls {@link #close} last. */
public interface Blueprint extends AutoCloseable {
    /** Writes the page. Asked once, before the architect prepares. */
    TaskBuilder taskBuilder();

    /** The server side of the work. Asked once. */
    TaskRunner taskRunner();

    /**
     * What there is to do. Asked once; may be endless, and may block while it makes the next one (it is drawn on a thread of its own, only
     * as fast as units can be launched). What it throws ends the launching with an error; launched units stay. The framework closes the
     * stream.
     */
    Stream<AssignmentData> assignments();

    /** More keys for {@code task_config.json}; the run's {@code task_config} wins over them. Asked once. */
    default Map<String, Object> frontendArgs() {
        return Map.of();
    }

    /** What this kind of work asks of its workers beside what the run asks. Asked once. */
    default List<QualificationRequirement> requiredQualifications() {
        return List.of();
    }

    /** Frees what {@code create} took. Called once, when no code of this blueprint runs any more. */
    @Override
    default void close() {}
}
