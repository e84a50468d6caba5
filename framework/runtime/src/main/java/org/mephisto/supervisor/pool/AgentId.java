package org.mephisto.supervisor.pool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The id by which a page names its agent, {@code <row id>-<secret>}: opaque to the page, unguessable for everybody else. That of an
 * onboarding agent has {@code onboarding_} before it, by which pages know it.
 *
 * @param secret 128 random bits
 */
record AgentId(boolean isOnboarding, long rowId, String secret) {
    private static final String ONBOARDING = "onboarding_";
    private static final int MOST_DIGITS = 18;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** The id of an agent on a unit. */
    AgentId(long rowId, String secret) {
        this(false, rowId, secret);
    }

    /** The id of an onboarding agent. */
    static AgentId ofOnboarding(long rowId, String secret) {
        return new AgentId(true, rowId, secret);
    }

    static String newSecret() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return ENCODER.encodeToString(bytes);
    }

    /** Reads an id off the wire; empty when it cannot be one of ours. */
    static Optional<AgentId> parse(String wire) {
        boolean isOnboarding = wire.startsWith(ONBOARDING);
        int start = isOnboarding ? ONBOARDING.length() : 0;
        int dash = wire.indexOf('-', start);
        if (dash <= start || dash > start + MOST_DIGITS || dash == wire.length() - 1) {
            return Optional.empty();
        }
        long rowId = 0;
        for (int i = start; i < dash; i++) {
            char digit = wire.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            rowId = rowId * 10 + (digit - '0');
        }
        return Optional.of(new AgentId(isOnboarding, rowId, wire.substring(dash + 1)));
    }

    /** Compares in a time that tells nothing of the secret. */
    boolean hasSecret(String other) {
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    String wire() {
        return (isOnboarding ? ONBOARDING : "") + rowId + "-" + secret;
    }

    /** Under which the run's journal keeps its live updates: unlike that of any other agent of either kind. */
    long journalKey() {
        return isOnboarding ? -rowId : rowId;
    }
}
