package org.mephisto.spi.architect;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.mephisto.spi.packet.Channel;

/**
 * Where workers reach one task run. The framework calls, each once and in this order, on a thread that may block: {@link #prepare},
 * {@link #deploy}, {@link #getChannels}, and in the end {@link #shutdown} (after a failure too, whichever step failed). Any of them may
 * throw: the run is then taken down and the user sees the message.
 */
public interface Architect {
    /**
     * Gets everything ready that can be without being reachable.
     *
     * @param buildFolder the page's files, complete
     */
    void prepare(Path buildFolder) throws IOException;

    /**
     * Puts the router up.
     *
     * @return where workers' browsers find the page, without a query
     */
    URI deploy() throws IOException;

    /** The channels to the router or routers that {@link #deploy} put up, not yet open. */
    List<Channel> getChannels();

    /**
     * Fetches a file that a worker uploaded. May be called by several threads while the router is up.
     *
     * @param target where to put it; does not exist
     */
    void downloadFile(String filename, Path target) throws IOException;

    /** Takes the router down and frees what {@link #prepare} and {@link #deploy} took. Must work whatever was done before. */
    void shutdown();
}
