package org.mephisto.blueprint.remoteprocedure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A function that a web server answers: the body of its answer is the result. Thread-safe. */
final class UrlCallee implements Callee {
    private static final Logger LOG = LoggerFactory.getLogger(UrlCallee.class);
    private static final long ANSWER_LIMIT = 1 << 20;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final HttpClient http;
    private final String name;
    private final URI url;
    private final FunctionConfig config;
    private final CountDownLatch closed = new CountDownLatch(1);

    UrlCallee(HttpClient http, String name, URI url, FunctionConfig config) {
        this.http = http;
        this.name = name;
        this.url = url;
        this.config = config;
    }

    /** The text as a web address, if it is one. */
    static Optional<URI> address(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public JsonValue call(FunctionCall call) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(Json.write(call.toJsonWithIds())))
                .build();
        Duration pause = FIRST_PAUSE;
        for (int left = config.timesToRetry(); ; left--) {
            try {
                HttpResponse<String> response =
                        http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_LIMIT));
                if (response.statusCode() < 500 || left <= 0) {
                    return result(response);
                }
                LOG.debug("The function {} answered with status {}; asked again.", name, response.statusCode());
            } catch (IOException e) {
                if (left <= 0) {
                    LOG.warn("The function {} at {} could not be asked: {}.", name, place(), e.toString());
                    throw FunctionErrors.unavailable(name, "cannot be reached");
                }
                LOG.debug("The function {} could not be asked ({}); asked again.", name, e.toString());
            }
            if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                throw FunctionErrors.unavailable(name, "has stopped working");
            }
            pause = pause.multipliedBy(2);
        }
    }

    /** Ends the pauses of calls that would ask again; those under way end with the client. */
    @Override
    public void close() {
        closed.countDown();
    }

    private JsonValue result(HttpResponse<String> response) {
        if (response.statusCode() / 100 == 2) {
            return JsonValue.of(json(response).orElseThrow(() -> notJson(response)));
        }
        LOG.warn("The function {} at {} answered with status {}.", name, place(), response.statusCode());
        throw json(response)
                .map(body -> FunctionErrors.told(name, body.path("error")))
                .orElseGet(() -> FunctionErrors.failed(name));
    }

    private static Optional<JsonNode> json(HttpResponse<String> response) {
        try {
            return Optional.of(Json.parse(response.body()));
        } catch (MephistoException e) {
            return Optional.empty();
        }
    }

    private MephistoException notJson(HttpResponse<String> response) {
        LOG.warn(
                "The function {} at {} answered with {} characters that are not JSON.",
                name,
                place(),
                response.body().length());
        return FunctionErrors.failed(name);
    }

    /** The address without its query, which may hold a key. */
    private String place() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + url.getPath();
    }
}
