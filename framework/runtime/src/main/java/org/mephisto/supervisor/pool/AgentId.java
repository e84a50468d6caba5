package org.mephisto.supervisor.pool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The id by which a page names its agent, {@code <row id>-<secret>}: opaque to the page, unguessable for everybody else.
 *
 * @param secret 128 random bits
 */
record AgentId(long rowId, String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    static String newSecret() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return ENCODER.encodeToString(bytes);
    }

    /** Reads an id off the wire; empty when it cannot be one of ours. */
    static Optional<AgentId> parse(String wire) {
        int dash = wire.indexOf('-');
        if (dash < 1 || dash > 18 || dash == wire.length() - 1) {
            return Optional.empty();
        }
        long rowId = 0;
        for (int i = 0; i < dash; i++) {
            char digit = wire.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            rowId = rowId * 10 + (digit - '0');
        }
        return Optional.of(new AgentId(rowId, wire.substring(dash + 1)));
    }

    /** Compares in a time that tells nothing of the secret. */
    boolean hasSecret(String other) {
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    String wire() {
        return rowId + "-" + secret;
    }
}
