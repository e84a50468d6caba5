package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/**
 * A JVM that this process started, with this process's class path. It is told what to do in lines of JSON and ends when {@link #close}
 * closes its input; only this one process is ever ended. Confined to the thread that uses it.
 */
final class ChildProcess implements AutoCloseable {
    private static final int SECONDS_TO_END = 20;
    private static final int SMALL_HEAP_MEGABYTES = 96;

    private final String name;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * @param mainClass serves a {@link CommandLoop}
     * @param heapMegabytes its heap, neither more nor less
     */
    static ChildProcess start(Class<?> mainClass, int heapMegabytes) {
        return start(mainClass, fixedHeap(heapMegabytes));
    }

    /** With these options for its heap. */
    static ChildProcess start(Class<?> mainClass, List<String> heapFlags) {
        String name = mainClass.getSimpleName();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ownOptions(option -> option.startsWith("--")));
        command.addAll(heapFlags);
        command.addAll(List.of(
                "-Dlogback.configurationFile=org/mephisto/benchmark/logging.xml",
                "-Dmephisto.distribution=" + System.getProperty("mephisto.distribution", "."),
                "-cp",
                System.getProperty("java.class.path"),
                mainClass.getName()));
        try {
            return new ChildProcess(
                    name,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.UNAVAILABLE,
                    "Cannot start the process \"" + name + "\": " + e.getMessage() + ". Check the JDK in \""
                            + System.getProperty("java.home") + "\".",
                    e);
        }
    }

    /** This process's own, most of which {@code bin/mephisto} has chosen. */
    private static List<String> ownOptions(Predicate<String> kind) {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(kind)
                .toList();
    }

    /** The options for a heap of that size, with this process's collector settings. */
    static List<String> fixedHeap(int megabytes) {
        return heap(megabytes, megabytes);
    }

    /** Likewise, for a heap that grows to that size, and gives back what a full collection frees. */
    static List<String> growingHeap(int megabytes) {
        List<String> flags = heap(Math.min(SMALL_HEAP_MEGABYTES, megabytes), megabytes);
        flags.add("-XX:-ShrinkHeapInSteps");
        return flags;
    }

    private static List<String> heap(int least, int most) {
        List<String> flags = new ArrayList<>(ownOptions(ChildProcess::isForAnyHeap));
        flags.add("-Xms" + least + "m");
        flags.add("-Xmx" + most + "m");
        return flags;
    }

    /** The start-up cache is this process's own. */
    private static boolean isForAnyHeap(String option) {
        return option.startsWith("-Xmn") || (option.startsWith("-XX:") && !option.startsWith("-XX:AOT"));
    }

    /**
     * Sends one command and waits for its answer, however long the work takes.
     *
     * @throws MephistoException when the child answers with an error, or ends
     */
    JsonNode ask(ObjectNode command) {
        String what = command.path("command").asText();
        try {
            commands.write(Json.write(command));
            commands.newLine();
            commands.flush();
            String line = answers.readLine();
            if (line == null) {
                throw ended(what, null);
            }
            JsonNode answer = Json.parse(line);
            if (answer.has("error")) {
                throw new MephistoException(
                        ErrorCode.UNAVAILABLE,
                        name + " could not \"" + what + "\": "
                                + answer.path("error").asText());
            }
            return answer;
        } catch (IOException e) {
            throw ended(what, e);
        }
    }

    private MephistoException ended(String what, @Nullable Throwable cause) {
        return new MephistoException(
                ErrorCode.UNAVAILABLE,
                "The process \"" + name + "\" ended while it was asked to \"" + what
                        + "\"; what it printed above says why.",
                cause);
    }

    /** A command to fill and {@link #ask}. */
    static ObjectNode command(String name) {
        return Json.object().put("command", name);
    }

    /** Closes its input, waits for its end, and ends it by force if it does not come. */
    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            // Its input is closed already: it has ended.
            process.destroy();
        }
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
