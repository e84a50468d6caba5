package org.mephisto.router;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that nobody can guess. Thread-safe. */
final class Chance {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Chance() {}

    /** Two hexadecimal digits for each byte. */
    static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
