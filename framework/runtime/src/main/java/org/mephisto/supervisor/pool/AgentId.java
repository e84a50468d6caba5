package org.mephisto.supervisor.pool;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.mephisto.store.AgentRow;
import org.mephisto.store.OnboardingRow;

/**
 * The id by which a page names its agent, {@code <row id>-<secret>}: opaque to the page, unguessable for everybody else. That of an
 * onboarding agent has {@code onboarding_} before it, by which pages know it.
 *
 * <p>The secret is 128 random bits, kept as two numbers: there may be hundreds of thousands of ids, and a text each would be most of them.
 */
record AgentId(boolean isOnboarding, long rowId, long secretHigh, long secretLow) {
    private static final String ONBOARDING = "onboarding_";
    private static final int MOST_DIGITS = 18;
    private static final int HALF_DIGITS = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();

    static AgentId of(AgentRow row) {
        return ofAgent(row.id(), row.secret());
    }

    static AgentId of(OnboardingRow row) {
        return ofOnboarding(row.id(), row.secret());
    }

    /**
     * The id of an agent on a unit.
     *
     * @param secret from {@link #newSecret}
     */
    static AgentId ofAgent(long rowId, String secret) {
        return of(false, rowId, secret, 0);
    }

    /** The id of an onboarding agent. */
    static AgentId ofOnboarding(long rowId, String secret) {
        return of(true, rowId, secret, 0);
    }

    private static AgentId of(boolean isOnboarding, long rowId, String text, int start) {
        int middle = start + HALF_DIGITS;
        return new AgentId(
                isOnboarding,
                rowId,
                HexFormat.fromHexDigitsToLong(text, start, middle),
                HexFormat.fromHexDigitsToLong(text, middle, text.length()));
    }

    /** 32 hexadecimal digits. */
    static String newSecret() {
        byte[] secret = new byte[HALF_DIGITS]; // two digits a byte
        RANDOM.nextBytes(secret);
        return HEX.formatHex(secret);
    }

    private static String secret(long high, long low) {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    /** Reads an id off the wire; empty when it cannot be one of ours. */
    static Optional<AgentId> parse(String wire) {
        boolean isOnboarding = wire.startsWith(ONBOARDING);
        int start = isOnboarding ? ONBOARDING.length() : 0;
        int dash = wire.indexOf('-', start);
        if (dash <= start || dash > start + MOST_DIGITS || wire.length() != dash + 1 + 2 * HALF_DIGITS) {
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
        try {
            return Optional.of(of(isOnboarding, rowId, wire, dash + 1));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** By the number alone: agents that come one after the other then stand side by side in a hash table, which the collector thanks. */
    @Override
    public int hashCode() {
        return Long.hashCode(rowId);
    }

    String wire() {
        return (isOnboarding ? ONBOARDING : "") + rowId + "-" + secret(secretHigh, secretLow);
    }

    /** Under which the run's journal keeps its live updates: unlike that of any other agent of either kind. */
    long journalKey() {
        return isOnboarding ? -rowId : rowId;
    }
}
