package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;

/** As little as can pass for a server: counts units, knows its agents, and is otherwise the bare echo. */
final class BareServerUnderTest implements ServerUnderTest {
    private final Vertx vertx = EventLoops.create();
    private final Path database;
    private @Nullable String deployment;

    private BareServerUnderTest(Path directory) {
        this.database = directory.resolve("test.db");
    }

    public static void main(String[] args) throws IOException {
        BenchServer.serve(BareServerUnderTest::new);
    }

    @Override
    public Launched launch(Work work) throws Exception {
        int units = work.units();
        long start = System.nanoTime();
        Run launching = new Run(units);
        insert(units);
        deployment = EventLoops.await(vertx.deployVerticle(
                () -> new Server(launching), new DeploymentOptions().setInstances(EventLoops.count())));
        return new Launched(launching.port.join(), (System.nanoTime() - start) / 1e9, database);
    }

    private void insert(int units) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS assignments (id INTEGER PRIMARY KEY, shared TEXT)");
            statement.execute("CREATE TABLE IF NOT EXISTS units (id INTEGER PRIMARY KEY, assignment_id INTEGER)");
            statement.execute("CREATE INDEX IF NOT EXISTS units_by_assignment ON units (assignment_id)");
            String numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + units + ")";
            statement.execute(numbers + " INSERT INTO assignments (shared) SELECT printf('%.100c', 'x') FROM n");
            statement.execute(numbers + " INSERT INTO units (assignment_id) SELECT i FROM n");
        }
    }

    @Override
    public void endRun() throws InterruptedException {
        if (deployment != null) {
            EventLoops.await(vertx.undeploy(deployment));
        }
    }

    @Override
    public void close() {
        vertx.close();
    }

    private static final class Run {
        final CompletableFuture<Integer> port = new CompletableFuture<>();
        private final int units;
        private final AtomicInteger registered = new AtomicInteger();
        private final Set<String> agents = ConcurrentHashMap.newKeySet();

        Run(int units) {
            this.units = units;
        }

        /** Echoes live updates of agents that it knows, as a router and a blueprint would. */
        void serve(ServerWebSocket socket) {
            AtomicInteger echoed = new AtomicInteger();
            socket.textMessageHandler(text -> {
                JsonNode packet = Json.parse(text);
                boolean isKnown = agents.contains(packet.path("subject_id").asText());
                String answer = switch (isKnown ? packet.path("packet_type").asText() : "") {
                    case "alive" -> "{\"packet_type\":\"update_status\",\"data\":{\"status\":\"in task\"}}";
                    case "heartbeat" -> "{\"packet_type\":\"heartbeat\"}";
                    case "mephisto_bound_live_update" ->
                        "{\"packet_type\":\"client_bound_live_update\",\"data\":{\"echo\":" + packet.path("data")
                                + ",\"update_id\":\"" + echoed.incrementAndGet() + "\"}}";
                    default -> "{\"error\":\"Unknown agent or packet.\"}";
                };
                socket.writeTextMessage(answer);
            });
        }

        String answer(String path, Buffer body) {
            if (path.equals("/request_agent")) {
                int number = registered.incrementAndGet();
                if (number > units) {
                    return "{\"data\":{\"agent_id\":null,\"failure_reason\":\"No units.\"}}";
                }
                agents.add(String.valueOf(number));
                return "{\"data\":{\"agent_id\":\"" + number + "\"}}";
            }
            String agentId = Json.parse(body.toString()).path("USED_AGENT_ID").asText();
            return agents.remove(agentId) ? "{\"status\": \"Submitted!\"}" : "{\"error\": \"Unknown or again.\"}";
        }
    }

    private static final class Server extends VerticleBase {
        private final Run run;

        Server(Run run) {
            this.run = run;
        }

        @Override
        public Future<HttpServer> start() {
            return vertx.createHttpServer(
                            new HttpServerOptions().setHost("127.0.0.1").setPort(-1))
                    .requestHandler(this::handle)
                    .webSocketHandler(run::serve)
                    .listen()
                    .onSuccess(server -> run.port.complete(server.actualPort()));
        }

        private void handle(HttpServerRequest request) {
            request.body().onSuccess(body -> {
                Future<Void> written = request.response()
                        .putHeader("content-type", "application/json")
                        .end(run.answer(request.path(), body));
                written.onFailure(gone -> request.connection().close());
            });
        }
    }
}
