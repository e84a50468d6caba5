package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/**
 * The load: so many workers, each with a connection of its own that stays open, each sending its next request when the last one is
 * answered. One process drives the server under test and its bare peer in turns, so that both meet the same warm code. Runs as a child
 * process with the commands
 *
 * <ul>
 *   <li>{@code connect}: {@code to} (a name for the server), {@code port}, {@code workers};
 *   <li>{@code register}: {@code to}, {@code prefix}, {@code people} ({@code first_person}: they come once each and have these numbers), {@code requests} at most, {@code seconds} at most, {@code collect} (whether to keep
 *       the agents for submitting); answers a {@link RoundResult};
 *   <li>{@code submit}: {@code to}, {@code seconds} at most, {@code endless} (whether to submit for the last collected agents again and
 *       again; otherwise once each); answers a {@link RoundResult};
 *   <li>{@code open_pages}: {@code to}; a WebSocket for each of the last collected agents, beside those that are open; heartbeats from
 *       then on;
 *   <li>{@code talk}: {@code to} (names), {@code turns} and the {@link Talk} of a turn; the servers have so many turns each, one after the
 *       other; answers a {@link TalkResult} by each name;
 *   <li>{@code close_pages}: {@code to}.
 * </ul>
 */
public final class LoadGenerator {
    private final Vertx vertx;
    private final Map<String, Workers> workers = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Pages> pages = new HashMap<>();
    private String[] agentIds = new String[0];

    private LoadGenerator(Vertx vertx) {
        this.vertx = vertx;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        CommandLoop loop = CommandLoop.overStandardStreams();
        Vertx vertx = EventLoops.create();
        LoadGenerator generator = new LoadGenerator(vertx);
        loop.serve(Map.of(
                "connect", generator::connect,
                "register", generator::register,
                "submit", generator::submit,
                "open_pages", generator::openPages,
                "talk", generator::talk,
                "close_pages", generator::closePages));
        EventLoops.await(vertx.close());
    }

    private ObjectNode connect(JsonNode command) throws InterruptedException {
        Workers before = workers.remove(command.path("to").asText());
        if (before != null) {
            before.close();
        }
        Workers connected = Workers.connect(
                vertx, command.path("port").asInt(), command.path("workers").asInt());
        workers.put(command.path("to").asText(), connected);
        ports.put(command.path("to").asText(), command.path("port").asInt());
        return Json.object();
    }

    private ObjectNode register(JsonNode command) throws InterruptedException {
        String prefix = command.path("prefix").asText();
        int people = command.path("people").asInt();
        int requests = command.path("requests").asInt();
        if (command.has("first_person")) {
            return run(
                    command,
                    RegisterRequests.ofPeople(
                            prefix, command.path("first_person").asInt(), people));
        }
        if (!command.path("collect").asBoolean()) {
            return run(command, RegisterRequests.of(prefix, people, requests));
        }
        RegisterRequests collecting = RegisterRequests.collecting(prefix, people, requests);
        ObjectNode result = run(command, collecting);
        agentIds = collecting.agentIds();
        return result;
    }

    private ObjectNode submit(JsonNode command) throws InterruptedException {
        return run(
                command,
                command.path("endless").asBoolean()
                        ? SubmitRequests.endlessly(agentIds)
                        : SubmitRequests.once(agentIds));
    }

    private ObjectNode openPages(JsonNode command) throws InterruptedException {
        String to = command.path("to").asText();
        Pages open = pages.get(to);
        if (open == null) {
            open = Pages.at(vertx, known(ports, to));
            pages.put(to, open);
        }
        open.open(agentIds);
        return Json.object();
    }

    private ObjectNode talk(JsonNode command) throws InterruptedException {
        Talk turn = Talk.fromJson(command);
        Map<String, TalkTally> tallies = new LinkedHashMap<>();
        command.path("to").forEach(to -> tallies.put(to.asText(), new TalkTally()));
        for (int i = 0; i < command.path("turns").asInt(); i++) {
            for (Map.Entry<String, TalkTally> server : tallies.entrySet()) {
                known(pages, server.getKey()).talk(turn, server.getValue());
            }
        }
        ObjectNode results = Json.object();
        tallies.forEach((to, tally) -> results.set(to, tally.result().toJson()));
        return results;
    }

    private ObjectNode closePages(JsonNode command) throws InterruptedException {
        Pages open = pages.remove(command.path("to").asText());
        if (open != null) {
            open.close();
        }
        return Json.object();
    }

    private ObjectNode run(JsonNode command, RequestSource source) throws InterruptedException {
        return known(workers, command.path("to").asText())
                .run(source, command.path("seconds").asDouble())
                .toJson();
    }

    private static <T> T known(Map<String, T> servers, String to) {
        T found = servers.get(to);
        if (found == null) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT, "Not connected to \"" + to + "\"; known are " + servers.keySet() + ".");
        }
        return found;
    }
}
