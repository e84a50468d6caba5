package org.mephisto.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A task server for one page: serves a folder, registers every worker as it is told, and keeps what it gets. Thread-safe. */
public final class PageServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROVIDER = """
            const query = new URLSearchParams(location.search);
            window.getWorkerName = () => query.get("worker_id");
            window.getAssignmentId = () => query.get("assignment_id");
            window.getAgentRegistration = () => ({
              worker_name: getWorkerName(), assignment_id: getAssignmentId(),
              agent_registration_id: getAssignmentId() + "-" + getWorkerName(), provider_type: "mock",
            });
            window.getProviderURLParams = () => ({ from: "test" });
            window.handleSubmitToProvider = (data) => { window.handedOver = data; };
            const listeners = {};
            window._MEPHISTO_CONFIG_ = {
              get: (key) => { throw new Error("no " + key); },
              set: (key, value) => (listeners[key] || []).forEach((listener) => listener(value)),
              EVENT_EMITTER: { on: (key, listener) => (listeners[key] = listeners[key] || []).push(listener) },
            };
            """;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path folder;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, BlockingQueue<Integer>> failures = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private volatile boolean submissionsFail;
    private volatile Function<JsonNode, JsonNode> agent = registration -> JSON.createObjectNode();
    private volatile JsonNode afterOnboarding = JSON.createObjectNode();
    private volatile ObjectNode config = JSON.createObjectNode().put("mephisto_task_version", "2.0.4");

    private PageServer(HttpServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** A request with a body, as it came. */
    public record Received(String path, String query, String contentType, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A part of a multipart body. */
        public Part part(String name) {
            Map<String, Part> parts = Part.parse(contentType, body);
            return Objects.requireNonNull(parts.get(name), () -> "no part " + name + " among " + parts.keySet());
        }
    }

    public static PageServer serving(Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PageServer pages = new PageServer(server, folder);
        server.setExecutor(pages.threads);
        server.createContext("/", pages::answer);
        server.start();
        return pages;
    }

    public String url(String query) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + query;
    }

    /** The link of a worker on a visit. */
    public String workerUrl() {
        return url("?worker_id=ada&assignment_id=visit-1");
    }

    /** What workers are given. */
    public void give(String agentId, String initTaskData) {
        JsonNode packet = details(agentId, initTaskData, null);
        agent = registration -> packet;
    }

    /** What an onboarding is answered with. */
    public void giveAfterOnboarding(String agentId, String initTaskData) {
        afterOnboarding = details(agentId, initTaskData, null);
    }

    public void refuse(String reason) {
        JsonNode packet = details(null, "{}", reason);
        agent = registration -> packet;
    }

    public void configure(String key, boolean value) {
        config = config.deepCopy().put(key, value);
    }

    /** The next requests for the path are answered with these statuses; -1 closes the connection. */
    public void fail(String path, Integer... statuses) {
        failures.computeIfAbsent(path, any -> new LinkedBlockingQueue<>()).addAll(List.of(statuses));
    }

    /** Until {@link #mend}, every request for the path has its connection closed. */
    public void breakOff(String path) {
        broken.add(path);
    }

    public void mend(String path) {
        broken.remove(path);
    }

    /** While true, nothing can be submitted. */
    public void failSubmissions(boolean fail) {
        submissionsFail = fail;
    }

    public List<Received> received(String path) {
        return received.stream().filter(one -> one.path().equals(path)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            received.add(new Received(
                    path,
                    String.valueOf(exchange.getRequestURI().getQuery()),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    new String(body, StandardCharsets.UTF_8)));
            BlockingQueue<Integer> failing = failures.get(path);
            Integer failure = failing == null ? null : failing.poll(0, TimeUnit.SECONDS);
            if (broken.contains(path)) {
                failure = -1;
            }
            if (failure == null && submissionsFail && path.startsWith("/submit")) {
                failure = 503;
            }
            if (failure != null) {
                if (failure > 0) {
                    send(exchange, failure, "application/json", error(failure));
                }
                return;
            }
            respond(exchange, path, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void respond(HttpExchange exchange, String path, byte[] body) throws IOException {
        switch (path) {
            case "/task_config.json" -> send(exchange, 200, "application/json", config.toString());
            case "/request_agent" ->
                send(
                        exchange,
                        200,
                        "application/json",
                        agent.apply(JSON.readTree(body)).toString());
            case "/submit_onboarding" -> send(exchange, 200, "application/json", afterOnboarding.toString());
            case "/submit_task" -> send(exchange, 200, "application/json", "{\"status\": \"Submitted!\"}");
            case "/submit_metadata" -> send(exchange, 200, "application/json", "{\"status\": \"Submitted metadata\"}");
            case "/log_error" -> send(exchange, 200, "application/json", "{\"status\": \"Error log sent!\"}");
            case "/wrap_crowd_source.js" -> send(exchange, 200, "text/javascript", PROVIDER);
            default -> sendFile(exchange, folder.resolve(path.equals("/") ? "index.html" : path.substring(1)));
        }
    }

    private static void sendFile(HttpExchange exchange, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            send(exchange, 404, "text/plain", "not here");
            return;
        }
        String name = file.toString();
        String type = name.endsWith(".html")
                ? "text/html; charset=utf-8"
                : name.endsWith(".js") ? "text/javascript" : "image/svg+xml";
        send(exchange, 200, type, Files.readString(file));
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String error(int status) {
        return "{\"error\": {\"code\": \"test\", \"message\": \"The test says " + status + ".\"}}";
    }

    private static JsonNode details(@Nullable String agentId, String initTaskData, @Nullable String reason) {
        try {
            ObjectNode packet = JSON.createObjectNode().put("packet_type", "agent_details");
            ObjectNode data = packet.putObject("data")
                    .put("worker_id", "7")
                    .put("agent_id", agentId)
                    .put("failure_reason", reason);
            data.set("init_task_data", JSON.readTree(initTaskData));
            return packet;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
