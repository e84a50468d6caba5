package org.mephisto.benchmark;

/** The load generator's process, as the command talks to it. Confined to the command's thread. */
final class LoadGeneratorClient implements AutoCloseable {
    private static final int HEAP_MEGABYTES = 384;

    private final ChildProcess process;
    private final int workers;
    private int rounds;

    private LoadGeneratorClient(ChildProcess process, int workers) {
        this.process = process;
        this.workers = workers;
    }

    static LoadGeneratorClient start(int workers) {
        return new LoadGeneratorClient(ChildProcess.start(LoadGenerator.class, HEAP_MEGABYTES), workers);
    }

    /** Opens every worker's connection to a server, which is called {@code name} from now on. */
    void connect(String name, int port) {
        process.ask(ChildProcess.command("connect")
                .put("to", name)
                .put("port", port)
                .put("workers", workers));
    }

    /** @param requests at most so many, in at most so many seconds */
    RoundResult register(String name, int requests, double seconds) {
        return register(name, requests, seconds, false);
    }

    /** Registers that many and keeps their agents for {@link #submitOnce}. */
    RoundResult prepare(String name, int requests) {
        return register(name, requests, Integer.MAX_VALUE, true);
    }

    private RoundResult register(String name, int requests, double seconds, boolean collect) {
        rounds++;
        return RoundResult.fromJson(process.ask(ChildProcess.command("register")
                .put("to", name)
                .put("prefix", "visit-" + rounds)
                .put("people", workers)
                .put("requests", requests)
                .put("seconds", seconds)
                .put("collect", collect)));
    }

    /** Submits for each prepared agent. */
    RoundResult submitOnce(String name) {
        return submit(name, Integer.MAX_VALUE, false);
    }

    /** Submits for the agents prepared last, again and again. */
    RoundResult submitEndlessly(String name, double seconds) {
        return submit(name, seconds, true);
    }

    private RoundResult submit(String name, double seconds, boolean endless) {
        return RoundResult.fromJson(process.ask(ChildProcess.command("submit")
                .put("to", name)
                .put("seconds", seconds)
                .put("endless", endless)));
    }

    @Override
    public void close() {
        process.close();
    }
}
