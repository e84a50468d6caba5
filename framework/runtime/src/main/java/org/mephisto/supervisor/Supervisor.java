package org.mephisto.supervisor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mephisto.spi.packet.Channel;
import org.mephisto.supervisor.io.ClientIoHandler;
import org.mephisto.supervisor.pool.WorkerPool;

/** Owns the live agents of every job. Thread-safe. */
public final class Supervisor {
    private final Map<Long, RegisteredJob> jobs = new ConcurrentHashMap<>();

    /**
     * Opens the job's channels: from now on its workers can register. Blocks until the routers have been reached.
     *
     * @param resume whether an earlier process has worked on the run
     * @return the job's worker pool, into which launched units go
     */
    public WorkerPool registerJob(Job job, boolean resume) {
        WorkerPool pool = new WorkerPool(job.run());
        ClientIoHandler handler = new ClientIoHandler(pool, job.run().taskRun().id());
        jobs.put(job.run().taskRun().id(), new RegisteredJob(job, pool, handler));
        if (resume) {
            pool.resume();
        }
        for (Channel channel : job.channels()) {
            channel.open(handler);
        }
        if (resume) {
            pool.announce();
        }
        return pool;
    }

    /** Ends everybody still at work in the run, tells them, answers what has been asked, and closes its channels. Harmless when repeated. */
    public void shutdownJob(long taskRunId) {
        RegisteredJob job = jobs.remove(taskRunId);
        if (job != null) {
            job.pool.close();
            job.pool.disconnectAll();
            job.handler.drain();
            job.job.channels().forEach(Channel::close);
        }
    }

    private record RegisteredJob(Job job, WorkerPool pool, ClientIoHandler handler) {}
}
