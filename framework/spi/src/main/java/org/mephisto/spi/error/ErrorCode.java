package org.mephisto.spi.error;

/** What went wrong, with all that follows from it: HTTP status, exit code of a command, whether to try again. */
public enum ErrorCode {
    INVALID_CONFIG(ErrorCategory.USER, 422, 2),
    INVALID_INPUT(ErrorCategory.USER, 400, 2),
    UNAUTHORIZED(ErrorCategory.USER, 403, 1),
    NOT_FOUND(ErrorCategory.USER, 404, 1),
    CONFLICT(ErrorCategory.USER, 409, 1),
    TOO_LARGE(ErrorCategory.USER, 413, 1),
    PORT_IN_USE(ErrorCategory.USER, 409, 1),
    FILE_UNUSABLE(ErrorCategory.USER, 422, 1),
    STORE_UNUSABLE(ErrorCategory.USER, 503, 1),
    STORE_FAILED(ErrorCategory.TRANSIENT, 503, 1),
    UNAVAILABLE(ErrorCategory.TRANSIENT, 503, 1),
    TIMED_OUT(ErrorCategory.TRANSIENT, 504, 1),
    PLUGIN_FAILED(ErrorCategory.EXTERNAL, 500, 1),
    PROVIDER_FAILED(ErrorCategory.EXTERNAL, 502, 1),
    INTERNAL(ErrorCategory.INTERNAL, 500, 1);

    private final ErrorCategory category;
    private final int httpStatus;
    private final int exitCode;

    ErrorCode(ErrorCategory category, int httpStatus, int exitCode) {
        this.category = category;
        this.httpStatus = httpStatus;
        this.exitCode = exitCode;
    }

    public ErrorCategory category() {
        return category;
    }

    /** The status with which the router and the API answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** What a command exits with: 1 failed, 2 wrong usage or configuration. */
    public int exitCode() {
        return exitCode;
    }

    /** Whether the same call may succeed later with nothing changed. */
    public boolean isRetryable() {
        return category == ErrorCategory.TRANSIENT;
    }
}
