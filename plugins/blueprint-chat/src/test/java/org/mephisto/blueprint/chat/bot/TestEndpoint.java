package org.mephisto.blueprint.chat.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mephisto.spi.json.Json;

/** An HTTP server that gives the answers a test has prepared, the last one for ever, and keeps what it was asked. */
public final class TestEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param ends whether anything comes after the body, such as its end */
    private record Answer(int status, String body, boolean ends) {}

    /** One question. */
    public record Asked(String path, String authorization, JsonNode body) {}

    public TestEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(
                    exchange.getRequestURI().toString(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    Json.parse(body)));
            Answer answer = next();
            if (answer.status() == 0) {
                awaitClosing();
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            int status = answer.status() == 0 ? 503 : answer.status();
            exchange.sendResponseHeaders(status, answer.ends() ? bytes.length : 0);
            exchange.getResponseBody().write(bytes);
            if (!answer.ends()) {
                exchange.getResponseBody().flush();
                awaitClosing();
            }
            exchange.close();
        });
        server.start();
    }

    public TestEndpoint answers(int status, String body) {
        return add(new Answer(status, body, true));
    }

    private TestEndpoint add(Answer answer) {
        synchronized (answers) {
            answers.add(answer);
        }
        return this;
    }

    /** Says nothing until the test is over. */
    public TestEndpoint hangs() {
        return answers(0, "");
    }

    /** Answers with the beginning of a body, and says nothing more until the test is over. */
    public TestEndpoint hangsAfter(String beginning) {
        return add(new Answer(200, beginning, false));
    }

    private Answer next() {
        synchronized (answers) {
            return answers.size() > 1 ? answers.remove() : answers.element();
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
