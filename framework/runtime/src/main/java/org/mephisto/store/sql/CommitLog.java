package org.mephisto.store.sql;

import java.io.IOException;

/** Where the engine writes what a connection commits, for an engine that leaves it to others to bring that to the disk. */
interface CommitLog extends AutoCloseable {
    /**
     * Brings everything that was committed before this call to the disk. Blocks; one thread at a time.
     *
     * @throws IOException when nobody knows what is on the disk; trying again proves nothing, since the system may have dropped what it
     *     could not write
     */
    void force() throws IOException;

    @Override
    void close();
}
