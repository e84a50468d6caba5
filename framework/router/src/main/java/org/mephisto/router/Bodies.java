package org.mephisto.router;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes request bodies in, never more than a limit. A body that is too large is read to its end and thrown away before the refusal is
 * written, because most clients see only a broken connection otherwise. On the event loop only.
 */
final class Bodies {
    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
    /** Beyond this the connection is cut instead of reading on. */
    private static final long MOST_THROWN_AWAY = 256L << 20;

    private Bodies() {}

    /** Gives the body as text; answers the request itself when there is something wrong, or when the use of the text ends in an error. */
    static void text(HttpServerRequest request, int limit, Consumer<String> use) {
        if (declaredLength(request) > limit) {
            refuseAfterBody(request, Refusal.tooLarge("The request body", limit));
            return;
        }
        continueIfExpected(request);
        Collector collector = new Collector(request, limit, use);
        request.handler(collector::take);
        request.exceptionHandler(collector::fail);
        request.endHandler(end -> collector.finish());
    }

    /** The {@code Content-Length}, -1 when there is none. */
    static long declaredLength(HttpServerRequest request) {
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return declared == null ? -1 : Long.parseLong(declared.trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static void continueIfExpected(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    /** Refuses once what the client is still sending has been read and thrown away. */
    static void refuseAfterBody(HttpServerRequest request, Refusal refusal) {
        boolean asksFirst = request.getHeader(HttpHeaders.EXPECT) != null;
        if (request.isEnded() || asksFirst || declaredLength(request) > MOST_THROWN_AWAY) {
            if (!request.isEnded()) {
                request.response()
                        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                        .endHandler(written -> request.connection().close());
            }
            Answers.refuse(request, refusal);
            return;
        }
        long[] thrownAway = {0};
        request.handler(chunk -> {
            thrownAway[0] += chunk.length();
            if (thrownAway[0] > MOST_THROWN_AWAY) {
                request.connection().close();
            }
        });
        request.exceptionHandler(gone -> {});
        request.endHandler(end -> Answers.refuse(request, refusal));
        request.resume();
    }

    /** Runs one step of answering: a refusal is answered as such, anything else that is thrown is our defect. */
    static void guard(HttpServerRequest request, Runnable step) {
        try {
            step.run();
        } catch (Refusal refusal) {
            refuseAfterBody(request, refusal);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed in the router.", request.method(), request.path(), e);
            refuseAfterBody(
                    request, new Refusal(500, "INTERNAL", "The task server failed at this request. Please try again."));
        }
    }

    /** One body on its way in. */
    private static final class Collector {
        private final HttpServerRequest request;
        private final int limit;
        private final Consumer<String> use;
        private @Nullable Buffer first;
        private @Nullable Buffer whole;
        private long length;

        Collector(HttpServerRequest request, int limit, Consumer<String> use) {
            this.request = request;
            this.limit = limit;
            this.use = use;
        }

        void take(Buffer chunk) {
            length += chunk.length();
            if (length > limit) {
                first = null;
                whole = null;
                refuseAfterBody(request, Refusal.tooLarge("The request body", limit));
            } else if (first == null) {
                first = chunk;
            } else {
                if (whole == null) {
                    whole = Buffer.buffer(Math.max(2 * chunk.length(), (int) Math.max(0, declaredLength(request))))
                            .appendBuffer(first);
                }
                whole.appendBuffer(chunk);
            }
        }

        void fail(Throwable cause) {
            LOG.debug("A request body did not arrive whole: {}", cause.getMessage());
            Answers.refuse(request, Refusal.invalid("The request body did not arrive whole. Please send it again."));
        }

        void finish() {
            guard(request, () -> use.accept(decode()));
        }

        private String decode() {
            Buffer body = whole != null ? whole : first;
            if (body == null) {
                return "";
            }
            String text = body.toString(StandardCharsets.UTF_8);
            if (text.indexOf('\uFFFD') >= 0) {
                requireUtf8(body);
            }
            return text;
        }

        /** Decoding puts U+FFFD for what is not UTF-8, but the character may also have been sent. */
        private static void requireUtf8(Buffer body) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes()));
            } catch (CharacterCodingException e) {
                throw Refusal.invalid("The request body is not UTF-8.");
            }
        }
    }
}
