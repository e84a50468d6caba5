package org.mephisto.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Which version of the service provider interface this is: what a plugin's {@code Plugin-Requires} is compared with. */
public final class SpiVersion {
    private static final String CURRENT = read();

    private SpiVersion() {}

    /** A semantic version, such as {@code 1.4.0}; the version of Mephisto itself. */
    public static String current() {
        return CURRENT;
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(SpiVersion.class.getResourceAsStream("version.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
