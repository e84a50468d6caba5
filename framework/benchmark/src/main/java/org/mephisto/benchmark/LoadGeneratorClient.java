package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The load generator's process, as the command talks to it. Confined to the command's thread. */
final class LoadGeneratorClient implements AutoCloseable {
    private static final int HEAP_MEGABYTES = 384;
    private static final int NOBODY_TWICE = 0;

    private final ChildProcess process;
    private final int workers;
    private int rounds;

    private LoadGeneratorClient(ChildProcess process, int workers) {
        this.process = process;
        this.workers = workers;
    }

    /** @param workers who each have a connection of their own */
    static LoadGeneratorClient start(int workers) {
        return start(workers, HEAP_MEGABYTES);
    }

    /** With another heap, in MiB. */
    static LoadGeneratorClient start(int workers, int heapMegabytes) {
        return new LoadGeneratorClient(ChildProcess.start(LoadGenerator.class, heapMegabytes), workers);
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
        return register(name, workers, requests, seconds, false);
    }

    /** Registers people once each, who are called by numbers from this one on. */
    RoundResult registerPeople(String name, int firstPerson, int people) {
        rounds++;
        return RoundResult.fromJson(process.ask(ChildProcess.command("register")
                .put("to", name)
                .put("prefix", "visit-" + rounds)
                .put("people", people)
                .put("first_person", firstPerson)
                .put("seconds", Integer.MAX_VALUE)));
    }

    /** Registers that many and keeps their agents for {@link #submitOnce}. */
    RoundResult prepare(String name, int requests) {
        return register(name, workers, requests, Integer.MAX_VALUE, true);
    }

    /** Registers that many people once each and keeps their agents for {@link #openPages}. */
    RoundResult prepareEach(String name, int people) {
        return register(name, NOBODY_TWICE, people, Integer.MAX_VALUE, true);
    }

    private RoundResult register(String name, int people, int requests, double seconds, boolean collect) {
        rounds++;
        return RoundResult.fromJson(process.ask(ChildProcess.command("register")
                .put("to", name)
                .put("prefix", "visit-" + rounds)
                .put("people", people)
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

    /** Opens a page for each agent prepared last; at another server than theirs these are names like any other. */
    void openPages(String name) {
        process.ask(ChildProcess.command("open_pages").put("to", name));
    }

    TalkResult talk(String name, Talk talk) {
        return Objects.requireNonNull(talkInTurns(List.of(name), talk, 1).get(name));
    }

    /**
     * Has the pages of several servers say the same.
     *
     * @param turns how often each server has its turn, which is that part of the talk
     * @return by name, what came of all turns
     */
    Map<String, TalkResult> talkInTurns(List<String> names, Talk talk, int turns) {
        ObjectNode command = talk.turn(turns).toJson().put("turns", turns);
        names.forEach(command.putArray("to")::add);
        JsonNode answer = process.ask(command);
        return names.stream()
                .collect(Collectors.toMap(Function.identity(), name -> TalkResult.fromJson(answer.path(name))));
    }

    /** Closes all pages of a server; harmless when there are none. */
    void closePages(String name) {
        process.ask(ChildProcess.command("close_pages").put("to", name));
    }

    @Override
    public void close() {
        process.close();
    }
}
