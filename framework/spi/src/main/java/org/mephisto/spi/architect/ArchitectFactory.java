package org.mephisto.spi.architect;

import org.pf4j.ExtensionPoint;

/** Extension point: a way to put a router up. Created once per process with its no-argument constructor; stateless and thread-safe. */
public interface ArchitectFactory extends ExtensionPoint {
    /** The name users write as {@code mephisto.architect._architect_type}. */
    String type();

    /** One sentence for {@code mephisto wut}. */
    default String description() {
        return "";
    }

    /** The record of the keys under {@code mephisto.architect}. */
    Class<? extends Record> configType();

    /**
     * Called once for each task run, on a thread that may block.
     *
     * @throws org.mephisto.spi.config.ConfigException when the options cannot work
     */
    Architect create(ArchitectContext context);
}
