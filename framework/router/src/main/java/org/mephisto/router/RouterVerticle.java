package org.mephisto.router;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router's parts put together on one event loop. Worker routes, which are hot, are found by their path before anything else; all
 * others go through the web router.
 */
final class RouterVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RouterVerticle.class);
    private static final int SWEEP_MILLIS = 500;
    private static final int IDLE_SECONDS = 90;
    private static final int SCRATCH_BYTES = 16 << 10;

    private final RouterOptions options;
    private final Uploads uploads;
    private final StaticFiles files;
    private final Relay relay;
    private final WorkerRoutes workerRoutes;
    private final ChannelSecret secret;
    private final SystemDoor door;
    private final HeldPages heldPages = new HeldPages();
    private final byte[] scratch = new byte[SCRATCH_BYTES];
    private @Nullable LocalChannel channel;
    private @Nullable HttpServer server;

    RouterVerticle(Vertx vertx, RouterOptions options) {
        this.options = options;
        this.secret = new ChannelSecret(options.systemAccess());
        this.uploads = Uploads.open(options.uploads());
        this.files = StaticFiles.of(vertx, options.folder(), uploads.folder());
        boolean remembersAgents = !options.systemAccess().isInProcessOnly();
        this.relay = new Relay(options.limits(), remembersAgents, this::discard);
        this.door = new SystemDoor(vertx, relay, options.limits().maxPending());
        this.workerRoutes = new WorkerRoutes(vertx, relay, uploads, options.limits());
    }

    private void discard(List<PendingRequests.StoredFile> stored) {
        workerRoutes.discard(stored);
    }

    @Override
    public Future<?> start() {
        Router web = webRoutes();
        HttpServer starting = vertx.createHttpServer(serverOptions())
                .requestHandler(request -> Bodies.guard(request, () -> {
                    if (!workerRoutes.handle(request)) {
                        web.handle(request);
                    }
                }))
                .webSocketHandshakeHandler(this::onHandshake)
                .webSocketHandler(this::onWebSocket)
                .exceptionHandler(e -> LOG.debug("A connection failed: {}", e.getMessage()));
        server = starting;
        vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
        return starting.listen(options.port(), options.hostname())
                .onSuccess(listening -> channel = new LocalChannel(
                        "local:" + listening.actualPort(),
                        relay,
                        context,
                        options.limits().maxPending()));
    }

    private HttpServerOptions serverOptions() {
        RouterOptions.Limits limits = options.limits();
        HttpServerOptions http = new HttpServerOptions();
        http.setIdleTimeout(IDLE_SECONDS);
        http.setMaxInitialLineLength(16 << 10);
        http.setMaxHeaderSize(32 << 10);
        http.setMaxFormAttributeSize(limits.jsonBodyBytes());
        http.setMaxFormFields(2_000);
        http.setMaxFormBufferedBytes(64 << 10);
        http.setMaxWebSocketFrameSize(limits.systemMessageBytes());
        http.setMaxWebSocketMessageSize(limits.systemMessageBytes());
        http.setPerMessageWebSocketCompressionSupported(false);
        http.setPerFrameWebSocketCompressionSupported(false);
        return http;
    }

    private void sweep() {
        long now = System.currentTimeMillis();
        relay.sweep(now);
        heldPages.sweep(now);
    }

    int port() {
        return Objects.requireNonNull(server).actualPort();
    }

    LocalChannel channel() {
        return Objects.requireNonNull(channel);
    }

    Uploads uploads() {
        return uploads;
    }

    @Override
    public Future<?> stop() {
        relay.close();
        channel().close();
        return Objects.requireNonNull(server).close();
    }

    private Router webRoutes() {
        Router web = Router.router(vertx);
        get(web, "/is_alive", request -> Answers.json(request.response(), "{\"status\": \"Alive!\"}"));
        get(
                web,
                "/get_timestamp",
                request -> Answers.json(request.response(), "{\"timestamp\": " + System.currentTimeMillis() + "}"));
        get(web, "/task_index", request -> files.serve(request, "/index.html"));
        get(
                web,
                "/welcome",
                request -> Answers.html(
                        request.response(),
                        "Welcome",
                        "This server runs a Mephisto task. Open it by its task's link."));
        get(web, "/download_file/*", this::download);
        get(web, "/*", files::serve);
        web.errorHandler(500, failed -> {
            LOG.error("{} failed in the router.", failed.request().path(), failed.failure());
            Answers.refuse(failed.request(), new Refusal(500, "INTERNAL", "The task server failed at this request."));
        });
        web.errorHandler(
                400,
                failed -> Answers.refuse(
                        failed.request(), Refusal.invalid("The address of the request cannot be read.")));
        return web;
    }

    private static void get(Router web, String path, Consumer<HttpServerRequest> answer) {
        web.route(path).handler((RoutingContext routing) -> {
            HttpServerRequest request = routing.request();
            HttpMethod method = request.method();
            boolean isRead = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
            Bodies.guard(request, () -> {
                if (isRead) {
                    answer.accept(request);
                } else {
                    throw notReadable(request, path);
                }
            });
        });
    }

    /** Posting to a place that nobody knows is not found; to one that can only be read, not allowed. */
    private static Refusal notReadable(HttpServerRequest request, String path) {
        if (path.equals("/*") && request.method().equals(HttpMethod.POST)) {
            return StaticFiles.notFound(request.path());
        }
        request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
        return new Refusal(
                405, "METHOD_NOT_ALLOWED", "\"" + request.path() + "\" takes GET, not " + request.method() + ".");
    }

    private void download(HttpServerRequest request) {
        boolean isLetIn = secret.isHeldBy(request.headers(), request.query())
                || (isWithoutSecret(request.remoteAddress())
                        && !ChannelSecret.isShownBy(request.headers(), request.query()));
        if (!isLetIn) {
            throw Refusal.of(
                    ErrorCode.UNAUTHORIZED, "Uploaded files are given only to those who hold the deployment's secret.");
        }
        String name = request.path().substring("/download_file/".length());
        vertx.executeBlocking(() -> uploads.find(name), false)
                .onSuccess(file -> sendUpload(request, file))
                .onFailure(e -> Answers.refuse(
                        request,
                        e instanceof MephistoException known
                                ? Refusal.of(known.code(), known.getMessage())
                                : new Refusal(500, "INTERNAL", "The file cannot be read.")));
    }

    private static void sendUpload(HttpServerRequest request, Path file) {
        if (Answers.isOpen(request.response())) {
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Content-Disposition", "attachment; filename=\"" + file.getFileName() + "\"")
                    .sendFile(file.toString())
                    .onFailure(e -> LOG.debug("An uploaded file was not sent to its end: {}", e.getMessage()));
        }
    }

    /** A secret that is shown must be right, from whoever; pages show none. */
    private void onHandshake(ServerWebSocketHandshake handshake) {
        if (!"/".equals(handshake.path())) {
            handshake.reject(404);
        } else if (!ChannelSecret.isShownBy(handshake.headers(), handshake.query())) {
            handshake.accept();
        } else if (!secret.isHeldBy(handshake.headers(), handshake.query())) {
            LOG.warn("A system side was refused: it does not hold this router's secret.");
            handshake.reject(403);
        } else if (channel().isAlive()) {
            handshake.reject(409);
        } else {
            handshake.accept();
        }
    }

    private void onWebSocket(ServerWebSocket socket) {
        if (ChannelSecret.isShownBy(socket.headers(), socket.query())) {
            door.admit(socket);
        } else {
            boolean mayBeSystem =
                    isWithoutSecret(socket.remoteAddress()) && !channel().isAlive();
            new PageSocket(socket, relay, options.limits(), scratch, heldPages, mayBeSystem ? door::admit : null);
        }
    }

    /** Whether a program at this address needs no secret to be the system side. */
    private boolean isWithoutSecret(SocketAddress from) {
        return options.systemAccess().allowNoSecretOnLoopback() && ChannelSecret.isLoopback(from.hostAddress());
    }

    /** Where browsers reach a router that listens on this address. */
    static URI url(String hostname, int port) {
        boolean everywhere = hostname.equals("0.0.0.0") || hostname.equals("::") || hostname.isEmpty();
        String host = everywhere ? "localhost" : hostname.contains(":") ? "[" + hostname + "]" : hostname;
        return URI.create("http://" + host + ":" + port + "/");
    }

    /** Says in the caller's terms why a router did not start. */
    static MephistoException notStarted(RouterOptions options, Throwable cause) {
        if (cause instanceof MephistoException known) {
            return known;
        }
        String where = "\"" + options.hostname() + "\"";
        if (cause instanceof IOException) {
            String why = String.valueOf(cause.getMessage());
            return new MephistoException(
                    ErrorCode.PORT_IN_USE,
                    "Port \"" + options.port() + "\" on " + where
                            + (why.contains("in use")
                                    ? " is in use by another program."
                                    : " cannot be listened on: " + why + ".")
                            + " Stop what uses it, or choose another one with mephisto.architect.port (0 takes any that is free).",
                    cause);
        }
        return new MephistoException(
                ErrorCode.INTERNAL, "The router on " + where + " did not start: " + cause.getMessage(), cause);
    }
}
