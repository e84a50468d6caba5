package org.mephisto.architect.local;

import org.mephisto.spi.architect.Architect;
import org.mephisto.spi.architect.ArchitectContext;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.config.ConfigException;
import org.pf4j.Extension;

/** Makes architects of the type {@code local}. */
@Extension
public final class LocalArchitectFactory implements ArchitectFactory {
    @Override
    public String type() {
        return "local";
    }

    @Override
    public String description() {
        return "Serves the task from this process, on a port of this machine.";
    }

    @Override
    public Class<? extends Record> configType() {
        return LocalArchitectConfig.class;
    }

    @Override
    public Architect create(ArchitectContext context) {
        LocalArchitectConfig config = context.config(LocalArchitectConfig.class);
        if (config.hostname().isBlank()) {
            throw new ConfigException(
                    "mephisto.architect.hostname",
                    "it is empty. Write \"localhost\", or \"0.0.0.0\" for all addresses.");
        }
        return new LocalArchitect(config, context.routers());
    }
}
