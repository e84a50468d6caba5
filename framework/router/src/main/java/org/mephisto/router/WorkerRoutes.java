package org.mephisto.router;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.Answers.Expected;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/**
 * What pages post: each body is checked, made a packet, and answered when the system side has dealt with it. What the worker sent goes
 * into the packet as the text it came in. On the event loop only.
 */
final class WorkerRoutes {
    private static final String BODY = "The request body";
    private static final FieldNames REGISTER = new FieldNames("provider_data", "client_timestamp");
    private static final FieldNames ONBOARDING = new FieldNames("USED_AGENT_ID", "onboarding_data");
    private static final FieldNames ERROR = new FieldNames("USED_AGENT_ID", "error_data", "client_timestamp");
    private static final int AGENT_ID = 0;
    private static final int PAYLOAD = 1;
    private static final int CLIENT_TIMESTAMP = 2;
    private static final int REQUEST_ID = 3;

    private final Vertx vertx;
    private final Relay relay;
    private final Uploads uploads;
    private final RouterOptions.Limits limits;

    WorkerRoutes(Vertx vertx, Relay relay, Uploads uploads, RouterOptions.Limits limits) {
        this.vertx = vertx;
        this.relay = relay;
        this.uploads = uploads;
        this.limits = limits;
    }

    /** Takes the request if its path is one of these routes. */
    boolean handle(HttpServerRequest request) {
        switch (request.path()) {
            case "/request_agent", "/register_worker" -> json(request, this::register);
            case "/submit_task" -> submission(request, SubmissionKind.UNIT);
            case "/submit_onboarding" -> json(request, this::submitOnboarding);
            case "/submit_metadata" -> submission(request, SubmissionKind.METADATA);
            case "/log_error" -> json(request, this::logError);
            default -> {
                return false;
            }
        }
        return true;
    }

    private interface Step {
        void accept(HttpServerRequest request, String body);
    }

    private void json(HttpServerRequest request, Step step) {
        if (isPost(request)) {
            Bodies.text(request, limits.jsonBodyBytes(), body -> step.accept(request, body));
        }
    }

    private static boolean isPost(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            return true;
        }
        request.response().putHeader(HttpHeaders.ALLOW, "POST");
        Bodies.refuseAfterBody(
                request,
                new Refusal(
                        405,
                        "METHOD_NOT_ALLOWED",
                        "\"" + request.path() + "\" takes POST, not " + request.method() + "."));
        return false;
    }

    private void register(HttpServerRequest request, String body) {
        JsonScan scan = JsonScan.object(BODY, body, REGISTER);
        scan.requireObject(0);
        double stamp = scan.number(1);
        String id = relay.nextRequestId();
        String providerData = scan.raw(0);
        if (isAnsweredWithItsEnd(request, (visits, now) -> visits.findAnswer(id, providerData, now))) {
            return;
        }
        relay.visits().asked(id, providerData);
        StringBuilder data = new StringBuilder(body.length() + 64).append("{\"provider_data\":");
        scan.appendRaw(0, data);
        ask(request, Expected.DETAILS, id, PacketType.REGISTER_AGENT, id, closing(data, id), stamp, List.of());
    }

    private interface End {
        @Nullable
        Packet find(EarlierVisits visits, long now);
    }

    /** Somebody comes back while there is no system side; nobody is kept waiting for it who can be told how all has ended. */
    private boolean isAnsweredWithItsEnd(HttpServerRequest request, End end) {
        Packet ended = relay.isSystemThere() ? null : end.find(relay.visits(), System.currentTimeMillis());
        if (ended != null) {
            Answers.json(request.response(), PacketCodec.write(ended));
        }
        return ended != null;
    }

    private void submitOnboarding(HttpServerRequest request, String body) {
        JsonScan outer = JsonScan.object(BODY, body, REGISTER);
        outer.requireObject(0);
        double stamp = outer.number(1);
        JsonScan inner = JsonScan.object("\"provider_data\"", outer.raw(0), ONBOARDING);
        String agentId = requireAgent(inner);
        String id = relay.nextRequestId();
        if (isAnsweredWithItsEnd(request, (visits, now) -> visits.findAgentsAnswer(id, agentId, now))) {
            return;
        }
        relay.visits().askedByAgent(id, agentId);
        StringBuilder data = new StringBuilder(body.length() + 64).append("{\"onboarding_data\":");
        if (inner.isPresent(PAYLOAD)) {
            inner.appendRaw(PAYLOAD, data);
        } else {
            data.append("null");
        }
        ask(request, Expected.DETAILS, id, PacketType.SUBMIT_ONBOARDING, agentId, closing(data, id), stamp, List.of());
    }

    private void submission(HttpServerRequest request, SubmissionKind kind) {
        if (!isPost(request)) {
            return;
        }
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            MultipartForm.read(vertx, request, uploads, limits, form -> submitForm(request, kind, form));
        } else {
            Bodies.text(request, limits.jsonBodyBytes(), body -> submitJson(request, kind, body));
        }
    }

    private void submitJson(HttpServerRequest request, SubmissionKind kind, String body) {
        JsonScan scan = JsonScan.object(BODY, body, kind.fields());
        String agentId = requireAgent(scan);
        requirePayload(scan.isPresent(PAYLOAD), kind.payloadName);
        double stamp = scan.number(CLIENT_TIMESTAMP);
        String id = relay.nextRequestId();
        StringBuilder data = new StringBuilder(body.length() + 64);
        if (scan.isPresent(REQUEST_ID)) {
            // A page's own request_id must not meet ours: only the known fields go on.
            appendEnvelope(data, agentId, kind.payloadName, stamp);
            scan.appendRaw(PAYLOAD, data);
        } else {
            scan.appendUnclosed(data);
        }
        ask(request, kind.expected, id, kind.type, agentId, closing(data, id), stamp, List.of());
    }

    private void submitForm(HttpServerRequest request, SubmissionKind kind, MultipartForm.Received form) {
        try {
            String agentId = form.fields().get(kind.fields().get(AGENT_ID));
            requireAgent(agentId == null ? "" : agentId);
            String payload = payload(form, kind);
            double stamp = formTimestamp(form.fields().get(kind.fields().get(CLIENT_TIMESTAMP)));
            String id = relay.nextRequestId();
            StringBuilder data = new StringBuilder(payload.length() + 256);
            appendEnvelope(data, String.valueOf(agentId), kind.payloadName, stamp);
            form.appendFiles(data.append(payload).append(','));
            ask(
                    request,
                    kind.expected,
                    id,
                    kind.type,
                    String.valueOf(agentId),
                    closing(data, id),
                    stamp,
                    form.stored());
        } catch (Refusal refusal) {
            discard(form.stored());
            throw refusal;
        }
    }

    /** The JSON text of the form; a form of a plain client may have it in the field that is junk in the original page's. */
    private static String payload(MultipartForm.Received form, SubmissionKind kind) {
        String text = form.fields().get(kind.formField);
        String name = kind.formField;
        if (text == null) {
            text = form.fields().get(kind.payloadName);
            name = kind.payloadName;
        }
        requirePayload(text != null, kind.formField);
        String payload = String.valueOf(text);
        JsonScan.check("\"" + name + "\"", payload);
        return payload;
    }

    private static double formTimestamp(@Nullable String text) {
        if (text == null || text.isEmpty() || text.equals("null") || text.equals("undefined")) {
            return Double.NaN;
        }
        try {
            double stamp = Double.parseDouble(text);
            if (!Double.isNaN(stamp) && !Double.isInfinite(stamp)) {
                return stamp;
            }
        } catch (NumberFormatException e) {
            // Refused below, together with the numbers that are none.
        }
        throw Refusal.invalid("\"client_timestamp\" must be a number.");
    }

    private static void appendEnvelope(StringBuilder data, String agentId, String payloadName, double stamp) {
        data.append("{\"USED_AGENT_ID\":");
        PacketCodec.quote(agentId, data);
        if (!Double.isNaN(stamp)) {
            data.append(",\"client_timestamp\":").append(stamp);
        }
        data.append(",\"").append(payloadName).append("\":");
    }

    /** Removes files whose form came to nothing, off the event loop. */
    void discard(List<PendingRequests.StoredFile> files) {
        if (!files.isEmpty()) {
            vertx.executeBlocking(
                    () -> {
                        uploads.discard(files);
                        return files;
                    },
                    false);
        }
    }

    private void logError(HttpServerRequest request, String body) {
        JsonScan scan = JsonScan.object(BODY, body, ERROR);
        String agentId = scan.string(AGENT_ID);
        if (Packet.SYSTEM.equals(agentId)) {
            requireAgent(scan);
        }
        requirePayload(scan.has(PAYLOAD), ERROR.get(PAYLOAD));
        double stamp = scan.number(CLIENT_TIMESTAMP);
        Packet packet = packet(PacketType.ERROR, agentId == null ? "" : agentId, body, stamp);
        if (!relay.tell(packet)) {
            throw Refusal.of(
                    ErrorCode.UNAVAILABLE,
                    "The system behind this task cannot be reached, so the error is not logged.");
        }
        Answers.json(request.response(), "{\"status\": \"Error log sent!\"}");
    }

    private static String requireAgent(JsonScan scan) {
        return requireAgent(scan.requireString(AGENT_ID));
    }

    private static String requireAgent(String agentId) {
        if (agentId.isEmpty()) {
            throw Refusal.invalid("\"USED_AGENT_ID\" is missing; it must be a string.");
        }
        if (agentId.equals(Packet.SYSTEM)) {
            throw Refusal.of(
                    ErrorCode.UNAUTHORIZED, "\"USED_AGENT_ID\" must be the agent id that this page was given.");
        }
        return agentId;
    }

    private static void requirePayload(boolean present, String name) {
        if (!present) {
            throw Refusal.invalid("\"" + name + "\" is missing.");
        }
    }

    private static String closing(StringBuilder data, String id) {
        return data.append(",\"request_id\":\"").append(id).append("\"}").toString();
    }

    private void ask(
            HttpServerRequest request,
            Expected expected,
            String id,
            PacketType type,
            String subject,
            String data,
            double stamp,
            List<PendingRequests.StoredFile> files) {
        relay.ask(id, packet(type, subject, data, stamp), request, expected, files);
    }

    private static Packet packet(PacketType type, String subject, String data, double stamp) {
        return new Packet(
                type,
                subject,
                JsonValue.ofText(data),
                Packet.Timestamps.incoming(stamp, System.currentTimeMillis() / 1000.0));
    }
}
