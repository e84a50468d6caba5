package org.mephisto.spi.model;

import org.mephisto.spi.json.JsonValue;

/**
 * An account with a crowd provider, in whose name tasks run.
 *
 * @param credentials the provider's own settings for the account; may hold secrets, so it is never logged or shown
 */
public record Requester(long id, String name, String providerType, JsonValue credentials) {
    /** The name and type only; credentials stay out of logs. */
    @Override
    public String toString() {
        return "Requester[" + name + ", " + providerType + "]";
    }
}
