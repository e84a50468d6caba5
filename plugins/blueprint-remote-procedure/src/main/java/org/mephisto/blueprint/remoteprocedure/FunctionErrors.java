package org.mephisto.blueprint.remoteprocedure;

import com.fasterxml.jackson.databind.JsonNode;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** What pages are told when a call fails. */
final class FunctionErrors {
    private FunctionErrors() {}

    /** The function says so itself: {@code error} is a text or {@code {message}}. */
    static MephistoException told(String name, JsonNode error) {
        String message =
                error.isTextual() ? error.textValue() : error.path("message").asText("");
        return message.isBlank() ? failed(name) : new MephistoException(ErrorCode.PLUGIN_FAILED, message);
    }

    static MephistoException failed(String name) {
        return new MephistoException(ErrorCode.PLUGIN_FAILED, "The function \"" + name + "\" has failed.");
    }

    /** The work is submitted, and nobody waits for the function any more. */
    static MephistoException tooLate(String name) {
        return new MephistoException(
                ErrorCode.CONFLICT, "The work was submitted before the function \"" + name + "\" had answered.");
    }

    static MephistoException unavailable(String name, String why) {
        return new MephistoException(
                ErrorCode.UNAVAILABLE, "The function \"" + name + "\" " + why + ". Try again in a moment.");
    }
}
