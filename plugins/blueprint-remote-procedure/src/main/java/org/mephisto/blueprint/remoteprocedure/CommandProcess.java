package org.mephisto.blueprint.remoteprocedure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running program that gets a call on each line of its input and writes an answer on each line of its output, in any order. Thread-safe.
 * Two platform threads read its output and its errors, as reading a pipe holds a thread.
 */
final class CommandProcess {
    private static final Logger LOG = LoggerFactory.getLogger(CommandProcess.class);
    private static final long SECONDS_TO_END = 5;
    /** As much as a page may send at once, and an address may answer. */
    private static final int LONGEST_ANSWER_BYTES = 1 << 20;

    private static final int LONGEST_ERROR_BYTES = 8 << 10;
    private static final int BEGINNING = 100;

    private final String name;
    private final Process process;
    private final Writer input;
    private final Thread errorReader;
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentMap<String, CompletableFuture<JsonValue>> pending = new ConcurrentHashMap<>();
    private volatile boolean ended;
    private volatile String lastError = "";

    /** Confined to the thread that reads answers. */
    private boolean warned;

    private CommandProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.errorReader = Thread.ofPlatform()
                .daemon()
                .name("function-" + name + "-errors")
                .unstarted(RunLog.carrying(this::readErrors));
    }

    /** @throws IOException when there is no such program, or it may not be run */
    static CommandProcess start(String name, ProcessBuilder command) throws IOException {
        CommandProcess started = new CommandProcess(name, command.start());
        started.errorReader.start();
        return started;
    }

    /** Sends a call and waits for its answer. */
    JsonValue call(FunctionCall call) throws InterruptedException {
        CompletableFuture<JsonValue> answer = new CompletableFuture<>();
        String id = enter(call.requestId(), answer);
        try {
            send(call.toJson().put("request_id", id));
            if (ended) {
                throw gone();
            }
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MephistoException told ? told : FunctionErrors.failed(name);
        } finally {
            pending.remove(id);
        }
    }

    /** Pages choose their request ids, so two may have chosen the same. */
    private String enter(String requestId, CompletableFuture<JsonValue> answer) {
        String id = requestId;
        for (int more = 2; pending.putIfAbsent(id, answer) != null; more++) {
            id = requestId + "#" + more;
        }
        return id;
    }

    private void send(ObjectNode call) throws InterruptedException {
        writing.lockInterruptibly();
        try {
            input.write(Json.write(call));
            input.write('\n');
            input.flush();
        } catch (IOException e) {
            LOG.debug("The program of the function {} takes nothing more.", name, e);
            throw gone();
        } finally {
            writing.unlock();
        }
    }

    /** Reads answers until the program ends, and then fails the calls it owes an answer. Called once. */
    void readAnswers() {
        MephistoException end = readToItsEnd();
        ended = true;
        pending.values().forEach(owed -> owed.completeExceptionally(end));
    }

    /** Gives what calls fail with that have no answer. */
    private MephistoException readToItsEnd() {
        try (BoundedLines output = new BoundedLines(process.getInputStream(), LONGEST_ANSWER_BYTES)) {
            for (@Nullable String line = output.read(); line != null; line = output.read()) {
                if (output.isCut()) {
                    return endForItsLine();
                }
                onLine(line);
            }
        } catch (IOException e) {
            LOG.debug("The program of the function {} can no longer be read.", name, e);
        }
        return gone();
    }

    private MephistoException endForItsLine() {
        LOG.warn(
                "The program of the function {} wrote a line of more than {} bytes; it is ended by force.",
                name,
                LONGEST_ANSWER_BYTES);
        process.destroyForcibly();
        return new MephistoException(
                ErrorCode.PLUGIN_FAILED,
                "The function \"" + name + "\" wrote a line of more than " + (LONGEST_ANSWER_BYTES >> 20)
                        + " MiB and was stopped.");
    }

    private void onLine(String line) {
        if (line.isBlank()) {
            return;
        }
        try {
            onAnswer(Json.parse(line));
        } catch (MephistoException e) {
            onGarbage(line.substring(0, Math.min(line.length(), BEGINNING)));
        }
    }

    private void onGarbage(String beginning) {
        if (warned) {
            LOG.debug("The program of the function {} wrote a line that is not JSON: {}", name, beginning);
            return;
        }
        warned = true;
        LOG.warn(
                "The program of the function {} wrote a line that is not JSON: \"{}\". Let it write what is no answer to its error output."
                        + " More such lines are only told at level debug.",
                name,
                beginning);
    }

    private void onAnswer(JsonNode answer) {
        CompletableFuture<JsonValue> owed =
                pending.get(answer.path("request_id").asText());
        if (owed == null) {
            LOG.debug("The program of the function {} answered a call that nobody waits for.", name);
        } else if (answer.hasNonNull("error")) {
            owed.completeExceptionally(FunctionErrors.told(name, answer.get("error")));
        } else if (answer.has("response")) {
            owed.complete(JsonValue.of(answer.get("response")));
        } else {
            LOG.warn("The program of the function {} gave an answer without \"response\" and \"error\".", name);
            owed.completeExceptionally(FunctionErrors.failed(name));
        }
    }

    private PassingFailure gone() {
        return PassingFailure.unavailable(name, "has stopped working", "its program has ended");
    }

    /** Whether it answers no call any more. */
    boolean hasEnded() {
        return ended;
    }

    private void readErrors() {
        try (BoundedLines errors = new BoundedLines(process.getErrorStream(), LONGEST_ERROR_BYTES)) {
            for (@Nullable String line = errors.read(); line != null; line = errors.read()) {
                LOG.debug("{}: {}", name, line);
                lastError = line.isBlank() ? lastError : line;
            }
        } catch (IOException e) {
            LOG.debug("The errors of the function {} can no longer be read.", name, e);
        }
    }

    /** After {@link #readAnswers}: how the program ended, for a log line. */
    String lastWords() throws InterruptedException {
        errorReader.join(1000);
        String exit = process.waitFor(1, TimeUnit.SECONDS) ? "exit code " + process.exitValue() : "no exit yet";
        return lastError.isEmpty() ? exit : exit + ", last said: " + lastError;
    }

    /** Ends the program: closes its input, waits, then ends it by force. Returns when it is gone. */
    void close() throws InterruptedException {
        // On a thread of its own: where the program reads nothing, closing waits for a call that is stuck in writing.
        RunLog.start("function-" + name + "-close", this::closeInput);
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            LOG.warn(
                    "The program of the function {} has not ended {} s after its input; it is ended by force.",
                    name,
                    SECONDS_TO_END);
            process.destroy();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private void closeInput() {
        try {
            input.close();
        } catch (IOException e) {
            LOG.debug("The input of the function {} was closed before.", name, e);
        }
    }
}
