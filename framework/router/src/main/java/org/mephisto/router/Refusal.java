package org.mephisto.router;

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
