package org.mephisto.spi.provider;

import java.net.URI;
import java.util.List;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.model.Unit;

/**
 * The crowd of one task run. What only some can do is in {@link PaysWorkers}, {@link BlocksWorkers} and {@link HoldsQualifications}, which
 * an implementation adds.
 */
public interface CrowdProvider extends AutoCloseable {
    /**
     * Who is at the page. Called at every registration, on a virtual thread; must be quick.
     *
     * @param providerData what the provider's {@code wrap_crowd_source.js} and the page sent
     * @return the provider's name for the person, at most 255 characters
     * @throws org.mephisto.spi.error.MephistoException {@code INVALID_INPUT} when it cannot tell
     */
    String workerName(JsonValue providerData);

    /**
     * The script that tells the page who is working: defines {@code getWorkerName}, {@code getAssignmentId}, {@code getAgentRegistration},
     * {@code handleSubmitToProvider} and {@code window._MEPHISTO_CONFIG_}. Asked once.
     */
    String wrapCrowdSource();

    /** A link by which the named worker gets to a unit; the visit id only tells one visit from another. */
    URI workerUrl(URI taskUrl, String workerName, String visitId);

    /** Makes what a run needs at the provider. Called once, before the first unit is launched; may block. */
    default void setUpTaskRun(TaskRun run, URI taskUrl) {}

    /** Publishes units. Called from one thread at a time, in batches; may block. If it throws, the launching ends with an error. */
    default void launchUnits(List<Unit> units, URI taskUrl) {}

    /** Takes back units that nobody may start any more. Called in batches; may block. What it throws is logged. */
    default void expireUnits(List<Unit> units) {}

    /** Undoes {@link #setUpTaskRun}, which may have failed half way. Called once; may block. What it throws is logged. */
    default void cleanUpTaskRun(TaskRun run) {}

    /** Frees what {@code create} took. Called once, last. */
    @Override
    default void close() {}
}
