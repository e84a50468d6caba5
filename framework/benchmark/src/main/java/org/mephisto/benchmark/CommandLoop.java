package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.mephisto.spi.json.Json;

/**
 * The child's side of the conversation: one JSON object a line in, one a line out, in order, on the thread that called {@link #serve}.
 * Whatever else the process prints goes to standard error.
 */
final class CommandLoop {
    private final BufferedReader in;
    private final PrintStream out;

    private CommandLoop(BufferedReader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** Takes standard input and output over for the commands; call before anything else prints. */
    static CommandLoop overStandardStreams() {
        PrintStream answers = System.out;
        System.setOut(System.err);
        return new CommandLoop(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), answers);
    }

    /** Answers commands until the input ends. A handler that throws answers {@code {"error": ...}} and the loop goes on. */
    void serve(Map<String, Handler> handlers) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(Json.write(answer(handlers, line)));
            out.flush();
        }
    }

    private static JsonNode answer(Map<String, Handler> handlers, String line) {
        try {
            JsonNode command = Json.parse(line);
            String name = command.path("command").asText();
            Handler handler = handlers.get(name);
            if (handler == null) {
                return error("There is no command \"" + name + "\"; known are " + handlers.keySet() + ".");
            }
            return handler.handle(command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error("Interrupted.");
        } catch (Exception e) {
            return error(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
        }
    }

    private static ObjectNode error(String message) {
        return Json.object().put("error", message);
    }

    /** Answers one kind of command. */
    @FunctionalInterface
    interface Handler {
        ObjectNode handle(JsonNode command) throws Exception;
    }
}
