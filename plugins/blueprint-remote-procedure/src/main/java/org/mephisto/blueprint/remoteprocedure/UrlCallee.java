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
import java.util.Optional;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A function that a web server answers: the body of its answer is the result. Thread-safe. */
final class UrlCallee implements Callee {
    private static final Logger LOG = LoggerFactory.getLogger(UrlCallee.class);
    private static final long ANSWER_LIMIT = 1 << 20;

    private final HttpClient http;
    private final String name;
    private final URI url;

    UrlCallee(HttpClient http, String name, URI url) {
        this.http = http;
        this.name = name;
        this.url = url;
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
        try {
            return result(http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_LIMIT)));
        } catch (IOException e) {
            throw PassingFailure.unavailable(name, "cannot be reached", place() + " could not be asked: " + e);
        }
    }

    private JsonValue result(HttpResponse<String> response) {
        if (response.statusCode() / 100 == 2) {
            return JsonValue.of(json(response).orElseThrow(() -> notJson(response)));
        }
        MephistoException told = json(response)
                .map(body -> FunctionErrors.told(name, body.path("error")))
                .orElseGet(() -> FunctionErrors.failed(name));
        if (response.statusCode() >= 500) {
            throw new PassingFailure(told, place() + " answered with status " + response.statusCode());
        }
        LOG.warn("The function {} at {} answered with status {}.", name, place(), response.statusCode());
        throw told;
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
