package org.mephisto.router;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.mephisto.spi.packet.PacketType;

/** Writes HTTP answers. A request whose client has gone is left alone. On the event loop only. */
final class Answers {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");
    private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final Buffer EMPTY = Buffer.buffer("{}");
    private static final Buffer SUBMITTED = Buffer.buffer("{\"status\": \"Submitted!\"}");
    private static final Buffer SUBMITTED_METADATA = Buffer.buffer("{\"status\": \"Submitted metadata\"}");

    private Answers() {}

    static void json(HttpServerResponse response, Buffer body) {
        if (!isOpen(response)) {
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
    }

    static void json(HttpServerResponse response, String body) {
        json(response, Buffer.buffer(body));
    }

    static boolean isOpen(HttpServerResponse response) {
        return !response.ended() && !response.closed();
    }

    /** Answers with the error as JSON, or as a readable page to a browser that looks at an address. */
    static void refuse(HttpServerRequest request, Refusal refusal) {
        HttpServerResponse response = request.response();
        if (!isOpen(response)) {
            return;
        }
        response.setStatusCode(refusal.status()).putHeader(NO_SNIFF, "nosniff");
        if (refusal.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        if (wantsPage(request)) {
            html(response, "This page cannot be shown", refusal.sentence());
        } else {
            json(response, errorBody(refusal));
        }
    }

    private static boolean wantsPage(HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return request.method().equals(HttpMethod.GET) && accepted != null && accepted.contains("text/html");
    }

    /** {@code {"error": {"code", "message"}}}. */
    static String errorBody(Refusal refusal) {
        StringBuilder json = new StringBuilder(96).append("{\"error\":{\"code\":");
        PacketCodec.quote(refusal.code(), json);
        PacketCodec.quote(refusal.sentence(), json.append(",\"message\":"));
        return json.append("}}").toString();
    }

    /** A small page with a heading and a sentence, neither of them markup. */
    static void html(HttpServerResponse response, String heading, String sentence) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, HTML)
                .end("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escape(heading)
                        + "</title></head>\n<body style=\"font-family: sans-serif; margin: 3em auto; max-width: 40em\"><h1>"
                        + escape(heading) + "</h1><p>" + escape(sentence) + "</p></body></html>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** What a request that waits for the system side is answered with once the packet is dealt with. */
    enum Expected {
        /** {@link PacketType#AGENT_DETAILS}, passed on whole. */
        DETAILS,
        SUBMITTED,
        METADATA
    }

    /** Says that what was asked for is done; some pages compare these texts. */
    static void done(HttpServerResponse response, Expected expected) {
        json(
                response,
                switch (expected) {
                    case DETAILS -> EMPTY;
                    case SUBMITTED -> SUBMITTED;
                    case METADATA -> SUBMITTED_METADATA;
                });
    }
}
