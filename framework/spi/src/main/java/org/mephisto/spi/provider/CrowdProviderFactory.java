package org.mephisto.spi.provider;

import java.util.Optional;
import org.pf4j.ExtensionPoint;

/** Extension point: a crowd. Created once per process with its no-argument constructor; stateless and thread-safe. */
public interface CrowdProviderFactory extends ExtensionPoint {
    /** The name users write as {@code mephisto.provider._provider_type}. */
    String type();

    /** One sentence for {@code mephisto wut}. */
    default String description() {
        return "";
    }

    /** The record of the keys under {@code mephisto.provider}, without {@code requester_name}, which all providers have. */
    Class<? extends Record> configType();

    /** The record of what {@code mephisto register} asks for beside {@code name}, such as an API key. */
    Class<? extends Record> requesterType();

    /**
     * The requester that is made where a task names none and none of this type is registered; empty where users must register one.
     */
    default Optional<String> defaultRequester() {
        return Optional.empty();
    }

    /**
     * Called once for each task run, on a thread that may block.
     *
     * @throws org.mephisto.spi.config.ConfigException when the options cannot work
     */
    CrowdProvider create(CrowdProviderContext context);
}
