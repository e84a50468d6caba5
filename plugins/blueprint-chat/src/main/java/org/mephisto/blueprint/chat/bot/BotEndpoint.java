package org.mephisto.blueprint.chat.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/** Where a bot is asked: posts JSON, gets JSON, tries a second time when that may help. Thread-safe. */
final class BotEndpoint {
    /** An answer is a message that people read. */
    private static final long LONGEST_ANSWER = 1024 * 1024;

    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient http;
    private final URI url;
    private final Duration timeout;
    private final Optional<String> key;

    BotEndpoint(HttpClient http, URI url, Duration timeout, Optional<String> key) {
        this.http = http;
        this.url = url;
        this.timeout = timeout;
        this.key = key;
    }

    JsonNode post(ObjectNode question) throws BotException, InterruptedException {
        String body = Json.write(question);
        try {
            return postOnce(body);
        } catch (BotException e) {
            if (!e.isWorthASecondTry()) {
                throw e;
            }
            return postOnce(body);
        }
    }

    private JsonNode postOnce(String body) throws BotException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body));
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        HttpResponse<String> response = exchange(request.build());
        int status = response.statusCode();
        if (status / 100 != 2) {
            throw new BotException(
                    shown() + " answered with HTTP status " + status, status >= 500 || status == TOO_MANY_REQUESTS);
        }
        try {
            return Json.parse(response.body());
        } catch (MephistoException e) {
            throw new BotException(shown() + " did not answer with JSON", true, e);
        }
    }

    /** The whole exchange is within the time limit: a request's own would end with the headers, and the body may never come. */
    private HttpResponse<String> exchange(HttpRequest request) throws BotException, InterruptedException {
        CompletableFuture<HttpResponse<String>> exchange =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
        try {
            return exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new BotException(shown() + " did not answer within " + timeout.toMillis() + " ms", true, e);
        } catch (ExecutionException e) {
            throw new BotException(shown() + " cannot be reached: " + e.getCause(), true, e);
        } finally {
            exchange.cancel(true);
        }
    }

    /** The address without what may be secret in it. */
    String shown() {
        return "\"" + url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + url.getPath() + "\"";
    }

    /** An answer that is JSON, but not the kind that was asked for. */
    BotException unreadable(String expected) {
        return new BotException(shown() + " answered without " + expected, false);
    }
}
