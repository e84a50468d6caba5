package org.mephisto.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** A server of an example's, in Python: its own process, on a free port, ended with the test. */
record PythonServer(Process process, String url) implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://\\S+");

    /** Starts it and waits until it answers; a machine without Python skips the test. */
    static PythonServer start(Path script) throws IOException {
        Process process = launch(script);
        BufferedReader out = process.inputReader();
        String said = String.valueOf(out.readLine());
        Matcher url = URL.matcher(said);
        if (!url.find()) {
            process.destroy();
            throw new AssertionError(script + " did not say where it answers, but: " + said);
        }
        return new PythonServer(process, url.group());
    }

    private static Process launch(Path script) {
        try {
            return new ProcessBuilder(List.of("python3", script.toString(), "0"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            return Assumptions.abort("There is no python3 on the PATH: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
