package org.mephisto.supervisor;

import java.util.List;
import org.mephisto.spi.packet.Channel;
import org.mephisto.supervisor.pool.RunContext;

/**
 * What the Supervisor needs of a task run.
 *
 * @param run the blueprint's runner, the crowd provider and the store
 * @param channels to the routers that the architect has put up; opened by the Supervisor
 */
public record Job(RunContext run, List<Channel> channels) {
    public Job {
        channels = List.copyOf(channels);
    }
}
