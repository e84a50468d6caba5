package org.mephisto.benchmark;

/** The bare peer's process, as the command talks to it. Confined to the command's thread. */
final class Echo implements AutoCloseable {
    /** What the load generator calls it. */
    static final String NAME = "echo";

    private static final int HEAP_MEGABYTES = 384;

    private final ChildProcess process;

    private Echo(ChildProcess process) {
        this.process = process;
    }

    /** Starts it and connects the workers to it. */
    static Echo start(LoadGeneratorClient load) {
        ChildProcess process = ChildProcess.start(BareEchoServer.class, HEAP_MEGABYTES);
        load.connect(
                NAME, process.ask(ChildProcess.command("listen")).path("port").asInt());
        return new Echo(process);
    }

    /** What the load generator calls it. */
    String name() {
        return NAME;
    }

    /** From now on it answers with these very bytes. */
    void answerWith(String body) {
        process.ask(ChildProcess.command("answer").put("body", body));
    }

    /** From now on it says this on WebSockets whatever it is told. */
    void sayToPages(String text) {
        process.ask(ChildProcess.command("say").put("text", text));
    }

    /** From now on it echoes again. */
    void echoToPages() {
        process.ask(ChildProcess.command("say"));
    }

    @Override
    public void close() {
        process.close();
    }
}
