package org.mephisto.blueprint.remoteprocedure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.ActingAgent;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the calls of one page until its worker has submitted or is gone. {@link #run} waits for that; a second virtual thread takes the
 * page's calls, and each call has a thread that ends with its answer, so that a slow function keeps nobody waiting. What has passed is only
 * in the agent's record: a call that is repeated, by a page that missed the answer or after a restart of this process, is found there.
 */
final class PageCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PageCalls.class);
    private static final int MOST_AT_ONCE = 100;
    private static final Duration UNTIL_IT_IS_GONE = Duration.ofDays(3650);

    private final ActingAgent agent;
    private final Functions functions;
    private final Map<String, Thread> underWay = new ConcurrentHashMap<>();

    /** As all below, confined to the thread that takes calls: first the one of {@link #run}, then the second, at last the first again. */
    private final Set<String> known = new HashSet<>();

    /** The ids of the updates that stood in the record. */
    private final Set<String> recorded = new HashSet<>();

    private boolean isOver;

    PageCalls(ActingAgent agent, Functions functions) {
        this.agent = agent;
        this.functions = functions;
    }

    /** Called once. */
    void run() throws InterruptedException {
        takeUp(agent.state().updates());
        Thread taking = RunLog.start(Thread.currentThread().getName() + "-calls", this::takeCalls);
        try {
            agent.awaitSubmit();
        } finally {
            taking.interrupt();
            taking.join();
            endCalls();
        }
    }

    private void takeCalls() {
        try {
            while (true) {
                takeNew(agent.act(UNTIL_IT_IS_GONE));
            }
        } catch (AbsentAgentException | InterruptedException e) {
            LOG.trace("No more calls are taken.", e);
        }
    }

    private void takeNew(LiveUpdate update) {
        if (!recorded.contains(update.updateId())) {
            take(update);
        }
    }

    /** Those that have no answer, also those that nobody has taken yet, get an error, which is in the record when this returns. */
    private void endCalls() throws InterruptedException {
        isOver = true;
        underWay.values().forEach(Thread::interrupt);
        try {
            for (Optional<LiveUpdate> next = agent.act(); next.isPresent(); next = agent.act()) {
                takeNew(next.get());
            }
        } catch (AbsentAgentException e) {
            LOG.trace("Nobody is there for an answer.", e);
        }
        for (Thread call : underWay.values()) {
            call.join();
        }
    }

    /**
     * Begins where an earlier process has left off: says again what it had said, which the framework keeps from the page, and takes the calls
     * that it owes an answer.
     */
    private void takeUp(List<LiveUpdate> record) {
        Set<String> answered = RecordedCalls.answered(record);
        known.addAll(answered);
        record.stream().filter(update -> !update.fromWorker()).forEach(said -> send(said.data()));
        for (LiveUpdate update : record) {
            recorded.add(update.updateId());
            if (RecordedCalls.isCall(update) && !answered.contains(RecordedCalls.requestId(update))) {
                take(update);
            }
        }
    }

    private void take(LiveUpdate update) {
        if (!RecordedCalls.isCall(update)) {
            LOG.debug("A page sent an update that is no call; it is only recorded.");
            return;
        }
        JsonNode data = update.data().node();
        String requestId = RecordedCalls.requestId(update);
        if (underWay.containsKey(requestId)) {
            return;
        }
        Optional<ObjectNode> before = known.add(requestId)
                ? Optional.empty()
                : RecordedCalls.answerTo(requestId, agent.state().updates());
        if (before.isPresent()) {
            send(JsonValue.of(before.get()));
        } else if (isOver) {
            answer(data, FunctionErrors.tooLate(target(data)));
        } else if (underWay.size() >= MOST_AT_ONCE) {
            answer(data, FunctionErrors.unavailable(target(data), "has too many calls of this page"));
        } else {
            Thread thread = RunLog.unstarted("call-" + requestId, () -> call(requestId, data));
            underWay.put(requestId, thread);
            thread.start();
        }
    }

    private void call(String requestId, JsonNode data) {
        try {
            JsonValue result = functions.call(new FunctionCall(requestId, target(data), args(data), agent));
            send(JsonValue.of(answer(data).put(RecordedCalls.RESPONSE, result.text())));
        } catch (MephistoException e) {
            answer(data, e);
        } catch (InterruptedException e) {
            LOG.trace("A call has ended with the work.", e);
            answer(data, FunctionErrors.tooLate(target(data)));
        } catch (RuntimeException e) {
            LOG.error("A call could not be answered as it should.", e);
            answer(data, new MephistoException(ErrorCode.INTERNAL, "The call has failed on the server."));
        } finally {
            underWay.remove(requestId);
        }
    }

    private static String target(JsonNode data) {
        return data.path(RecordedCalls.TARGET).asText();
    }

    /** JSON text, as pages send it; what is not text is taken as it is. */
    private static JsonValue args(JsonNode data) {
        JsonNode args = data.path(RecordedCalls.ARGS);
        if (args.isTextual()) {
            try {
                return JsonValue.of(Json.parse(args.textValue()));
            } catch (MephistoException e) {
                throw new MephistoException(
                        ErrorCode.INVALID_INPUT,
                        "The field \"args\" of the call is not JSON text. Send JSON.stringify(args).",
                        e);
            }
        }
        return JsonValue.of(args.isMissingNode() ? Json.MAPPER.nullNode() : args);
    }

    private void answer(JsonNode data, MephistoException error) {
        ObjectNode told = Json.object().put("code", error.code().name()).put("message", error.getMessage());
        ObjectNode response = Json.object().set("error", told);
        send(JsonValue.of(
                answer(data).put(RecordedCalls.RESPONSE, Json.write(response)).set("error", told)));
    }

    private static ObjectNode answer(JsonNode call) {
        return Json.object().set(RecordedCalls.HANDLES, call.path(RecordedCalls.REQUEST_ID));
    }

    private void send(JsonValue update) {
        try {
            agent.observe(update);
        } catch (AbsentAgentException e) {
            LOG.trace("Nobody is there for this answer.", e);
        } catch (MephistoException e) {
            LOG.warn(
                    "Agent {}: an answer could not be kept, so the page does not get it. {}",
                    agent.id(),
                    e.getMessage());
        }
    }
}
