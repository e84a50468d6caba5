package org.mephisto.spi.architect;

import java.nio.file.Path;

/** Starts routers for architects. Thread-safe. */
public interface RouterLauncher {
    /**
     * Starts a router inside this process. Blocks until it listens.
     *
     * @param hostname the address to listen on, such as {@code localhost}; {@code 0.0.0.0} for all
     * @param port 0 for any free one
     * @param folder the files to serve
     * @throws org.mephisto.spi.error.MephistoException {@code PORT_IN_USE} when another program listens there
     */
    RunningRouter launchEmbedded(String hostname, int port, Path folder);
}
