package org.mephisto.spi.architect;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.mephisto.spi.packet.Channel;

/** A router that listens. Thread-safe. */
public interface RunningRouter extends AutoCloseable {
    /** Where browsers reach it. */
    URI url();

    /** The system side's connection to it; always the same one, not yet open. */
    Channel channel();

    /** Copies an uploaded file. */
    void downloadFile(String filename, Path target) throws IOException;

    /** Stops listening and closes every connection. Blocks until done; harmless when repeated. */
    @Override
    void close();
}
