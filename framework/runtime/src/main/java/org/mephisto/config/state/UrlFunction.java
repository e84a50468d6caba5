package org.mephisto.config.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The form {@code {url: ..., timeout: ...}}: posts JSON and reads a truth value from the answer. What goes wrong is logged here in one line
 * and raised. Blocks its caller for at most the time-out; thread-safe.
 */
final class UrlFunction {
    private static final Logger LOG = LoggerFactory.getLogger(UrlFunction.class);
    private static final long ANSWER_LIMIT = 1 << 16;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    private final HttpClient http;
    private final String name;
    private final URI url;
    private final Duration timeout;

    UrlFunction(HttpClient http, String name, URI url, Duration timeout) {
        this.http = http;
        this.name = name;
        this.url = url;
        this.timeout = timeout;
    }

    /** Posts {@code {function, worker, unit}}. */
    boolean workerCanDoUnit(Worker worker, Unit unit) {
        ObjectNode body = body();
        body.putObject("worker")
                .put("id", worker.id())
                .put("name", worker.name())
                .put("provider_type", worker.providerType());
        body.set("unit", unitJson(unit));
        return judged(body);
    }

    /** Posts {@code {function, onboarding_data}}. */
    boolean validateOnboarding(JsonValue onboardingData) {
        ObjectNode body = body();
        body.set("onboarding_data", onboardingData.node());
        return judged(body);
    }

    /** Posts {@code {function, unit, inputs, outputs}}; any answer of success will do. */
    void onUnitSubmitted(Unit unit, AgentState state) {
        answer(body(unit, state));
    }

    /** Posts {@code {function, unit, inputs, outputs}}; the answer null is {@link Verdict#UNDECIDED}. */
    Verdict judgeUnit(Unit unit, AgentState state) {
        JsonNode result = result(body(unit, state));
        if (result.isNull()) {
            return Verdict.UNDECIDED;
        }
        return Verdict.of(truth(result, "must answer true, false, null or {\"result\": true}"));
    }

    /** Posts {@code {function, unit, inputs, outputs}}. */
    boolean passes(Unit unit, AgentState state) {
        return judged(body(unit, state));
    }

    private ObjectNode body(Unit unit, AgentState state) {
        ObjectNode body = body();
        body.set("unit", unitJson(unit));
        body.set("inputs", state.initData().node());
        body.set(
                "outputs",
                state.submission().map(submission -> submission.data().node()).orElseGet(Json.MAPPER::nullNode));
        return body;
    }

    private ObjectNode body() {
        return Json.object().put("function", name);
    }

    private static ObjectNode unitJson(Unit unit) {
        return Json.object()
                .put("id", unit.id())
                .put("assignment_id", unit.assignmentId())
                .put("task_run_id", unit.taskRunId())
                .put("unit_index", unit.index())
                .put("status", unit.status().word());
    }

    private boolean judged(ObjectNode body) {
        return truth(result(body), "must answer true, false or {\"result\": true}");
    }

    private JsonNode result(ObjectNode body) {
        String text = answer(body);
        try {
            JsonNode parsed = Json.parse(text);
            return parsed.isObject() ? parsed.path("result") : parsed;
        } catch (MephistoException e) {
            throw failed(ErrorCode.PLUGIN_FAILED, "answered with what is not JSON", e);
        }
    }

    private boolean truth(JsonNode result, String rule) {
        if (!result.isBoolean()) {
            throw failed(ErrorCode.PLUGIN_FAILED, rule, null);
        }
        return result.booleanValue();
    }

    private String answer(ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build();
        CompletableFuture<HttpResponse<String>> call =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_LIMIT));
        try {
            HttpResponse<String> response = call.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (response.statusCode() / 100 != 2) {
                throw failed(codeOf(response.statusCode()), "answered with status " + response.statusCode(), null);
            }
            return response.body();
        } catch (TimeoutException e) {
            call.cancel(true);
            throw timedOut(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpTimeoutException) {
                throw timedOut(e);
            }
            throw failed(ErrorCode.UNAVAILABLE, "could not be asked (" + e.getCause() + ")", e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(ErrorCode.UNAVAILABLE, "was interrupted", e);
        }
    }

    /** Whatever is wrong with the server is not the worker's fault, so nobody is judged by it. */
    private static ErrorCode codeOf(int status) {
        return status >= FIRST_SERVER_ERROR || status == TOO_MANY_REQUESTS
                ? ErrorCode.UNAVAILABLE
                : ErrorCode.PLUGIN_FAILED;
    }

    private MephistoException timedOut(Exception cause) {
        return failed(
                ErrorCode.TIMED_OUT,
                "did not answer within " + timeout.toMillis() + " ms (see its \"timeout\" in mephisto.shared_state)",
                cause);
    }

    /** The address is named without its query, which may hold a key. */
    private MephistoException failed(ErrorCode code, String what, @Nullable Exception cause) {
        String place = url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + url.getPath();
        String message = "The function " + name + " at \"" + place + "\" " + what + ".";
        LOG.warn(message);
        return new MephistoException(code, message, cause);
    }
}
