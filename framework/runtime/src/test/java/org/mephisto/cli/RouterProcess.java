package org.mephisto.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code mephisto router} as a process of its own. */
public final class RouterProcess implements AutoCloseable {
    private final Process process;
    private final URI url;

    private RouterProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts one and waits for its address. */
    public static RouterProcess start(Path folder, int port, String secret) throws IOException {
        return start(folder, port, Map.of("MEPHISTO_CHANNEL_SECRET", secret));
    }

    /**
     * Likewise.
     *
     * @param variables of its environment
     * @param options behind the others on its command line
     */
    static RouterProcess start(Path folder, int port, Map<String, String> variables, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "router",
                "--folder",
                folder.toString(),
                "--uploads",
                folder.resolveSibling("uploads").toString(),
                "--port",
                Integer.toString(port)));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("MEPHISTO_CHANNEL_SECRET");
        builder.environment().putAll(variables);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        BufferedReader out = process.inputReader();
        String first = out.readLine();
        if (first == null) {
            process.destroyForcibly();
            throw new AssertionError("The router ended without saying its address.");
        }
        return new RouterProcess(process, URI.create(first));
    }

    public URI url() {
        return url;
    }

    /** Kills it as a lost machine would, with nothing said to anybody. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /** Asks it to end, as a service manager does; returns the exit code. */
    public int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("The router did not end.");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.getInputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
