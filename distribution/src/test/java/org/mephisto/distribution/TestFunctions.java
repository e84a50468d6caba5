package org.mephisto.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.mephisto.spi.json.Json;

/** Functions behind HTTP, as a model's server has them. Thread-safe. */
final class TestFunctions implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private TestFunctions(HttpServer server) {
        this.server = server;
    }

    static TestFunctions start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestFunctions functions = new TestFunctions(server);
        server.setExecutor(functions.threads);
        server.start();
        return functions;
    }

    /** Adds a function of the question's body; one that throws is answered with a page of HTML and status 500. */
    TestFunctions with(String name, Function<JsonNode, JsonNode> function) {
        server.createContext("/" + name, exchange -> answer(exchange, function));
        return this;
    }

    private static void answer(HttpExchange exchange, Function<JsonNode, JsonNode> function) throws IOException {
        try (exchange) {
            JsonNode question =
                    Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int status = 200;
            String text;
            try {
                text = Json.write(function.apply(question));
            } catch (IllegalStateException e) {
                status = 500;
                text = "<h1>" + e.getMessage() + "</h1>";
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Keeps a function from answering until the test lets it. */
    static void hold(CountDownLatch until) {
        try {
            if (!until.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody has let the function answer within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
