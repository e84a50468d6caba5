package org.mephisto.router;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The deployment's secret, as a system side shows it: {@code Authorization: Bearer SECRET}, or {@code secret=SECRET} in the query.
 * Immutable.
 */
final class ChannelSecret {
    private static final String BEARER = "Bearer ";
    private static final String PARAMETER = "secret=";

    private final @Nullable String secret;

    ChannelSecret(RouterOptions.SystemAccess access) {
        this.secret = access.secret();
    }

    /** Whether a secret is shown, right or wrong; pages show none. */
    static boolean isShownBy(MultiMap headers, @Nullable String query) {
        return shown(headers, query) != null;
    }

    /** Whether the right secret is shown. Takes as long for a wrong one as for the right one. */
    boolean isHeldBy(MultiMap headers, @Nullable String query) {
        String shown = shown(headers, query);
        return secret != null
                && shown != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String shown(MultiMap headers, @Nullable String query) {
        String authorization = headers.get(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.startsWith(BEARER)) {
            return authorization.substring(BEARER.length()).strip();
        }
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith(PARAMETER)) {
                return decoded(parameter.substring(PARAMETER.length()));
            }
        }
        return null;
    }

    /** What cannot be decoded is a wrong secret, not none. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Whether this address, which is no name, is the machine itself. */
    static boolean isLoopback(@Nullable String address) {
        try {
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
