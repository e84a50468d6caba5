package org.mephisto.blueprint.remoteprocedure;

import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** A call has failed that may go well when it is made again: its function was not reached, or has died. */
final class PassingFailure extends MephistoException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param told what the page is told, unless the call is made again
     * @param reason for the log
     */
    PassingFailure(MephistoException told, String reason) {
        super(told.code(), told.getMessage(), told.getCause());
        this.reason = reason;
    }

    /** The function {@code why}, such as "cannot be reached". */
    static PassingFailure unavailable(String name, String why, String reason) {
        return new PassingFailure(FunctionErrors.unavailable(name, why), reason);
    }

    /** As the function itself has it: passing when it says {@link ErrorCode#UNAVAILABLE}. */
    static MephistoException of(MephistoException said) {
        return said.code() == ErrorCode.UNAVAILABLE ? new PassingFailure(said, said.getMessage()) : said;
    }

    String reason() {
        return reason;
    }
}
