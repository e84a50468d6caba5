package org.mephisto.supervisor.io;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * A router in another process, and how to be its system side.
 *
 * @param url {@code http}, {@code https}, {@code ws} or {@code wss}
 */
record RouterAddress(URI url, String secret) {
    static final int CONNECT_MILLIS = 5_000;
    /** Tells our router that this is no foreign system side; see the router's RemoteSystem. */
    private static final String OURS = "Mephisto-Channel";

    WebSocketConnectOptions connectOptions() {
        boolean secure = "https".equals(url.getScheme()) || "wss".equals(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        WebSocketConnectOptions to = new WebSocketConnectOptions();
        to.setHost(url.getHost()).setPort(port).setSsl(secure).setURI("/");
        to.addHeader(HttpHeaders.AUTHORIZATION.toString(), "Bearer " + secret).addHeader(OURS, "1");
        to.setTimeout(CONNECT_MILLIS);
        return to;
    }

    /** Whether trying again cannot help. */
    static boolean refusesSecret(Throwable cause) {
        int status = statusOf(cause);
        return status == 401 || status == 403;
    }

    private static int statusOf(@Nullable Throwable cause) {
        return cause instanceof UpgradeRejectedException rejected ? rejected.getStatus() : 0;
    }

    /** Why there is no connection, in the user's terms. */
    MephistoException unreachable(@Nullable Throwable cause) {
        return switch (statusOf(cause)) {
            case 401, 403 ->
                new MephistoException(
                        ErrorCode.UNAUTHORIZED,
                        "The router at \"" + url + "\" refuses this deployment's channel secret. Give both the same.",
                        cause);
            case 409 ->
                new MephistoException(
                        ErrorCode.CONFLICT,
                        "The router at \"" + url + "\" has a system side in its own process.",
                        cause);
            default ->
                new MephistoException(
                        ErrorCode.UNAVAILABLE,
                        "The router at \"" + url + "\" cannot be reached: "
                                + (cause == null ? "no reason given" : cause.getMessage())
                                + ". Check the address, and that the router runs.",
                        cause);
        };
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return url.toString();
    }
}
