package org.mephisto.blueprint.remoteprocedure;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mephisto.spi.blueprint.RemoteFunction;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;

/** The functions of a run by their names. Thread-safe. */
final class Functions implements AutoCloseable {
    private static final String KEY = "mephisto.blueprint.functions";

    private final Map<String, LimitedFunction> byName;
    private final HttpClient http;

    private Functions(Map<String, LimitedFunction> byName, HttpClient http) {
        this.byName = byName;
        this.http = http;
    }

    /** What is wrong with the options beside these functions of code. */
    static List<Problem> problems(
            Map<String, FunctionConfig> configured, Map<String, RemoteFunction> code, Path taskDirectory) {
        List<Problem> problems = new ArrayList<>();
        if (configured.isEmpty() && code.isEmpty()) {
            problems.add(new Problem(
                    KEY,
                    "missing: the page has nothing to call. Give at least one, such as {classify: {url: \"http://localhost:8000/\"}} or"
                            + " {classify: {command: [python3, model.py]}}, or a Java function from code."));
        }
        configured.forEach(
                (name, config) -> problems(KEY + "." + name, config, code.containsKey(name), taskDirectory, problems));
        return problems;
    }

    private static void problems(
            String path, FunctionConfig config, boolean inCode, Path taskDirectory, List<Problem> problems) {
        boolean hasCommand = !config.command().isEmpty();
        if (config.url().isPresent() && hasCommand) {
            problems.add(new Problem(path, "has both a url and a command. Take one of them out."));
        }
        if (config.url().isEmpty() && !hasCommand && !inCode) {
            problems.add(new Problem(
                    path,
                    "has neither a url nor a command, and code gives no function of this name. Add one of them."));
        }
        config.url()
                .filter(url -> UrlCallee.address(url).isEmpty())
                .ifPresent(url -> problems.add(new Problem(
                        path + ".url",
                        "must be a web address such as http://localhost:8000/classify, not \"" + url + "\".")));
        if (hasCommand && !CommandCallee.isThere(config.command().getFirst(), taskDirectory)) {
            problems.add(new Problem(
                    path + ".command",
                    "there is no program \"" + config.command().getFirst()
                            + "\" on the PATH or in the task's folder. Install it, or check the name."));
        }
    }

    /** The functions of code, with those of the options over them; the options have no {@link #problems}. */
    static Functions of(Map<String, FunctionConfig> configured, Map<String, RemoteFunction> code, Path taskDirectory) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Map<String, Callee> callees = new LinkedHashMap<>();
        code.forEach((name, function) -> callees.put(name, new JavaCallee(function)));
        configured.forEach((name, config) -> {
            if (config.url().isPresent()) {
                URI url = UrlCallee.address(config.url().get()).orElseThrow();
                callees.put(name, new UrlCallee(http, name, url));
            } else if (!config.command().isEmpty()) {
                callees.put(name, new CommandCallee(name, config.command(), taskDirectory));
            }
        });
        Map<String, LimitedFunction> byName = new TreeMap<>();
        callees.forEach((name, callee) -> byName.put(
                name, new LimitedFunction(name, callee, configured.getOrDefault(name, FunctionConfig.UNCONFIGURED))));
        return new Functions(byName, http);
    }

    /** Starts the programs. Called at most once. */
    void start() {
        byName.values().forEach(LimitedFunction::start);
    }

    /** @throws MephistoException whose code and message the page is told */
    JsonValue call(FunctionCall call) throws InterruptedException {
        LimitedFunction function = byName.get(call.target());
        if (function == null) {
            throw new MephistoException(
                    ErrorCode.NOT_FOUND,
                    "There is no function \"" + call.target() + "\". There are: " + String.join(", ", byName.keySet())
                            + ".");
        }
        return function.call(call);
    }

    /** Ends the programs; waits until they are gone. */
    @Override
    public void close() {
        byName.values().forEach(LimitedFunction::close);
        http.shutdownNow();
    }
}
