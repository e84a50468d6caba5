package org.mephisto.blueprint.remoteprocedure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.mephisto.spi.json.Json;

/** A function as a program, which does what a call tells it. Notes in {@code program.log} of its folder when it begins and ends. */
final class CommandProgram {
    private static final Path LOG = Path.of("program.log");
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private CommandProgram() {}

    /** The command that runs this class. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CommandProgram.class.getName());
    }

    public static void main(String[] args) throws Exception {
        note("begun");
        System.err.println("The model is loaded.");
        Deque<JsonNode> held = new ArrayDeque<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode call = Json.parse(line);
            switch (call.path("args").path("do").asText()) {
                case "hold" -> held.push(call);
                case "release" -> {
                    answer(call, "response", Json.toNode("released"));
                    held.forEach(waiting -> answer(waiting, "response", waiting.path("args")));
                }
                case "fail" -> answer(call, "error", Json.toNode("Nothing is drawn."));
                case "talk" -> {
                    OUT.println("loading ...");
                    answer(call, "response", Json.toNode("after all"));
                }
                case "say nothing" -> OUT.println(Json.object().set("request_id", call.path("request_id")));
                case "die" -> die();
                case "die twice" -> {
                    if (Files.readAllLines(LOG).size() < 3) {
                        die();
                    }
                    answer(call, "response", Json.toNode("alive"));
                }
                case "read no further" -> {
                    in.read();
                    answer(call, "response", Json.toNode("read one character more"));
                    new CountDownLatch(1).await();
                }
                case "babble" -> {
                    for (int i = 0; i < 3; i++) {
                        OUT.println("epoch " + i + " " + "=".repeat(500));
                    }
                    answer(call, "response", Json.toNode("done"));
                }
                case "write without end" -> {
                    while (!OUT.checkError()) {
                        OUT.print("x".repeat(1 << 10));
                    }
                }
                default -> answer(call, "response", call);
            }
        }
        note("ended");
    }

    private static void die() {
        System.err.println("Out of memory.");
        System.exit(3);
    }

    private static void answer(JsonNode call, String field, JsonNode value) {
        ObjectNode answer = Json.object();
        answer.set("request_id", call.path("request_id"));
        answer.set(field, value);
        OUT.println(Json.write(answer));
    }

    private static void note(String what) throws IOException {
        Files.writeString(
                LOG, what + "\n", java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
    }
}
