package org.mephisto.benchmark;

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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;

/**
 * The limit: a bare Vert.x server that reads each HTTP request's whole body and answers with a fixed one, and gives each WebSocket text
 * back as it came. What it does a second is what
 * the machine, the HTTP library and the load generator allow at best. Runs as a child process with the commands {@code listen} (answers
 * {@code port}), {@code answer} (takes the {@code body} to answer requests with from then on) and {@code say} (takes the {@code text} to
 * answer on WebSockets with instead of an echo; without it, echoes again).
 */
public final class BareEchoServer {
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private volatile @Nullable String said;
    private volatile Buffer answer = Buffer.buffer("{}");

    private BareEchoServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        CommandLoop loop = CommandLoop.overStandardStreams();
        Vertx vertx = EventLoops.create();
        BareEchoServer echo = new BareEchoServer();
        loop.serve(Map.of(
                "listen", command -> Json.object().put("port", echo.listen(vertx)),
                "answer",
                        command -> {
                            echo.answer = Buffer.buffer(command.path("body").asText());
                            return Json.object();
                        },
                "say",
                        command -> {
                            echo.said = command.path("text").textValue();
                            return Json.object();
                        }));
        EventLoops.await(vertx.close());
    }

    private int listen(Vertx vertx) throws InterruptedException {
        EventLoops.await(
                vertx.deployVerticle(() -> new Server(this), new DeploymentOptions().setInstances(EventLoops.count())));
        return port.join();
    }

    /** One event loop's share of the connections; all instances have one port. */
    private static final class Server extends VerticleBase {
        /** A negative port is any free one, the same for all instances. */
        private static final int SHARED_FREE_PORT = -1;

        private final BareEchoServer owner;

        Server(BareEchoServer owner) {
            this.owner = owner;
        }

        @Override
        public Future<HttpServer> start() {
            HttpServerOptions options =
                    new HttpServerOptions().setHost("127.0.0.1").setPort(SHARED_FREE_PORT);
            return vertx.createHttpServer(options)
                    .requestHandler(this::echo)
                    .webSocketHandler(this::echo)
                    .listen()
                    .onSuccess(server -> owner.port.complete(server.actualPort()));
        }

        private void echo(ServerWebSocket socket) {
            socket.frameHandler(frame -> {
                if (frame.isText()) {
                    String instead = owner.said;
                    socket.writeTextMessage(instead == null ? frame.textData() : instead);
                }
            });
        }

        private void echo(HttpServerRequest request) {
            request.body().onSuccess(body -> {
                Future<Void> written = request.response()
                        .putHeader("content-type", "application/json")
                        .end(owner.answer);
                written.onFailure(gone -> request.connection().close());
            });
        }
    }
}
