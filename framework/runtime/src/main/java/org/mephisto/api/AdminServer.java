package org.mephisto.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.mephisto.spi.error.ErrorCategory;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint of this process, on 127.0.0.1 and any free port: {@code GET /api/runs}, {@code GET} and {@code PATCH /api/runs/ID}, {@code POST
 * /api/runs/ID/pause|resume|stop}. Every request needs the token; what goes wrong is answered as {@code {error: {code, message}}}.
 * Thread-safe.
 */
public final class AdminServer implements AutoCloseable {
    static final String USER_HEADER = "Mephisto-User";

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LONGEST_BODY = 64 << 10;
    private static final int LONGEST_USER = 100;
    private static final int TOKEN_BYTES = 24;

    private final RunControl runs;
    private final byte[] token;
    private final HttpServer server;
    private final Path file;

    private AdminServer(Vertx vertx, Path home, RunControl runs) {
        this.runs = runs;
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        this.token = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
        this.server = vertx.createHttpServer().requestHandler(routes(vertx));
        server.listen(0, LOOPBACK).await();
        URI url = URI.create("http://" + LOOPBACK + ":" + server.actualPort() + "/");
        this.file = new AdminFile(url, secret, ProcessHandle.current().pid()).write(home);
    }

    /** Starts it, and writes where it is into the folder {@code admin} of {@code MEPHISTO_HOME}. Blocks. */
    public static AdminServer start(Vertx vertx, Path home, RunControl runs) {
        return new AdminServer(vertx, home, runs);
    }

    private Router routes(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().handler(this::requireToken);
        router.route().handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
        router.get("/api/runs").handler(context -> answer(context, this::list));
        router.get("/api/runs/:id").handler(context -> answer(context, it -> runs.show(id(it))));
        router.patch("/api/runs/:id")
                .handler(context -> answer(context, it -> runs.change(id(it), settings(it), user(it))));
        router.post("/api/runs/:id/pause").handler(context -> answer(context, it -> runs.pause(id(it), user(it))));
        router.post("/api/runs/:id/resume").handler(context -> answer(context, it -> runs.resume(id(it), user(it))));
        router.post("/api/runs/:id/stop").handler(context -> answer(context, it -> runs.stop(id(it), user(it))));
        return router;
    }

    private void requireToken(RoutingContext context) {
        String given = context.request().getHeader("Authorization");
        if (given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token)) {
            context.next();
        } else {
            refuse(
                    context,
                    new MephistoException(
                            ErrorCode.UNAUTHORIZED,
                            "The token is missing or wrong; it stands in MEPHISTO_HOME/admin."));
        }
    }

    private void answer(RoutingContext context, Function<RoutingContext, JsonNode> action) {
        Context loop = context.vertx().getOrCreateContext();
        Thread.ofVirtual().name("admin").start(() -> {
            try {
                JsonNode answer = action.apply(context);
                loop.runOnContext(then -> send(context, 200, answer));
            } catch (MephistoException e) {
                loop.runOnContext(then -> refuse(context, e));
            } catch (RuntimeException e) {
                LOG.error("An administrative request failed.", e);
                MephistoException shown = new MephistoException(
                        ErrorCode.INTERNAL, "The request failed; the log of the run says why.", e);
                loop.runOnContext(then -> refuse(context, shown));
            }
        });
    }

    private ArrayNode list(RoutingContext context) {
        return Json.array().addAll(runs.list());
    }

    private static long id(RoutingContext context) {
        String given = context.pathParam("id");
        try {
            return Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw new MephistoException(ErrorCode.INVALID_INPUT, "\"" + given + "\" is not a task run's number.", e);
        }
    }

    private static Map<String, String> settings(RoutingContext context) {
        Map<String, String> settings = new LinkedHashMap<>();
        String text = context.body().asString();
        Json.parse(text == null ? "" : text)
                .properties()
                .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
        return settings;
    }

    private static String user(RoutingContext context) {
        String given = context.request().getHeader(USER_HEADER);
        String user = given == null || given.isBlank() ? "unknown" : given.strip();
        return user.length() <= LONGEST_USER ? user : user.substring(0, LONGEST_USER);
    }

    private static void refuse(RoutingContext context, MephistoException e) {
        if (e.code().category() == ErrorCategory.INTERNAL) {
            LOG.error("An administrative request failed.", e);
        }
        var error = Json.object();
        error.putObject("error").put("code", e.code().name()).put("message", e.getMessage());
        send(context, e.code().httpStatus(), error);
    }

    private static void send(RoutingContext context, int status, JsonNode body) {
        HttpServerRequest request = context.request();
        if (!request.response().ended()) {
            request.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(Json.write(body));
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} stays; whoever reads it next finds the process gone and removes it.", file);
        }
        server.close().await();
    }
}
