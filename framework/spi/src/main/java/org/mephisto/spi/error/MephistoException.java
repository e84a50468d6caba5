package org.mephisto.spi.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error that a person will read. The message says what failed, the offending value in quotes, and what to do next; it never holds
 * secrets or worker data.
 */
public class MephistoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public MephistoException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public MephistoException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    public ErrorCode code() {
        return code;
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
