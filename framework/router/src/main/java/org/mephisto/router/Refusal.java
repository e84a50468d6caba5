package org.mephisto.router;

import com.fasterxml.jackson.databind.JsonNode;
import org.mephisto.spi.error.ErrorCode;

/** A request that is answered with an error, with the sentence that the worker or developer reads. Has no stack trace: it is an answer. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String sentence;

    Refusal(int status, String code, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
        this.sentence = sentence;
    }

    static Refusal of(ErrorCode code, String sentence) {
        return new Refusal(code.httpStatus(), code.name(), sentence);
    }

    static Refusal invalid(String sentence) {
        return of(ErrorCode.INVALID_INPUT, sentence);
    }

    static Refusal tooLarge(String what, long limit) {
        String readable = limit >= 1 << 20 ? (limit >> 20) + " MiB" : limit + " bytes";
        return of(
                ErrorCode.TOO_LARGE,
                what + " is too large: at most " + readable + " are taken. Send less, or in parts.");
    }

    /** There is no system side, or it takes nothing. */
    static Refusal systemUnavailable() {
        return of(
                ErrorCode.UNAVAILABLE,
                "The system behind this task cannot be reached just now, and nothing was saved. Please try again in a moment.");
    }

    /** What the system side says is wrong: {@code {"status", "code", "message"}}, each of which may be missing. */
    static Refusal ofSystem(JsonNode error) {
        int status = error.path("status").asInt(500);
        return new Refusal(
                status < 400 || status > 599 ? 500 : status,
                error.path("code").asText("INTERNAL"),
                error.path("message").asText("The system behind this task could not save this. Please try again."));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String sentence() {
        return sentence;
    }
}
