package org.mephisto.router;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * What a router needs to know.
 *
 * @param hostname the address to listen on; {@code 0.0.0.0} for all
 * @param port 0 for any free one
 * @param folder the page's files; nothing outside it is ever served
 * @param uploads where files that workers send are kept; created when missing
 */
public record RouterOptions(
        String hostname, int port, Path folder, Path uploads, Limits limits, SystemAccess systemAccess) {

    public RouterOptions {
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(uploads, "uploads");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(systemAccess, "systemAccess");
        if (port < 0 || port > 65_535) {
            throw new MephistoException(
                    ErrorCode.INVALID_CONFIG,
                    "The port \"" + port + "\" does not exist. Choose one from 1 to 65535, or 0 for any free one.");
        }
    }

    /** The usual limits, and no system side but the one in this process. */
    public static RouterOptions of(String hostname, int port, Path folder, Path uploads) {
        return new RouterOptions(hostname, port, folder, uploads, Limits.DEFAULT, SystemAccess.IN_PROCESS_ONLY);
    }

    public RouterOptions withLimits(Limits changed) {
        return new RouterOptions(hostname, port, folder, uploads, changed, systemAccess);
    }

    /** Lets a system side in another process connect with this secret; it also opens uploaded files for download. */
    public RouterOptions withChannelSecret(String secret) {
        return new RouterOptions(
                hostname,
                port,
                folder,
                uploads,
                limits,
                new SystemAccess(secret, systemAccess.allowNoSecretOnLoopback()));
    }

    /** For trying things out: a program on this machine may be the system side without a secret. */
    public RouterOptions allowingNoSecretOnLoopback() {
        return new RouterOptions(
                hostname, port, folder, uploads, limits, new SystemAccess(systemAccess.secret(), true));
    }

    /**
     * Who may connect as the system side.
     *
     * @param secret null when nobody may from outside this process
     */
    public record SystemAccess(@Nullable String secret, boolean allowNoSecretOnLoopback) {
        static final SystemAccess IN_PROCESS_ONLY = new SystemAccess(null, false);

        /** Whether the one system side there can be ends with the router. */
        boolean isInProcessOnly() {
            return equals(IN_PROCESS_ONLY);
        }

        public SystemAccess {
            if (secret != null && secret.length() < 8) {
                throw new MephistoException(
                        ErrorCode.INVALID_CONFIG,
                        "The channel secret has " + secret.length() + " characters. Use at least 8, by chance.");
            }
        }

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "SystemAccess[secret=" + (secret == null ? "none" : "set") + ", allowNoSecretOnLoopback="
                    + allowNoSecretOnLoopback + "]";
        }
    }

    /**
     * How much the router takes before it refuses. More than six numbers, because each is a limit of its own and they are set together.
     *
     * @param jsonBodyBytes largest JSON body; also the largest text field of a form
     * @param multipartBytes largest form with files
     * @param pageFrameBytes largest message on a page's socket
     * @param systemMessageBytes largest message on the system side's socket
     * @param socketQueueBytes what may wait to be written to one page's socket before it is closed as too slow
     * @param requestTimeout how long a worker's request waits for the system side
     * @param maxPending requests that wait for the system side at once, and packets that wait for the router in the in-process channel
     * @param heldPackets packets kept for one agent whose page is away, for system sides that keep none, and one page's packets whose agent is not yet confirmed
     * @param cachedStatuses agents whose last status is remembered
     * @param statusLifetime how long it is remembered after it was last used
     * @param pageSilence the system side is told of agents of whom no frame has come for this long; zero for pages that may be silent
     */
    public record Limits(
            int jsonBodyBytes,
            long multipartBytes,
            int pageFrameBytes,
            int systemMessageBytes,
            int socketQueueBytes,
            Duration requestTimeout,
            int maxPending,
            int heldPackets,
            int cachedStatuses,
            Duration statusLifetime,
            Duration pageSilence) {
        public static final Limits DEFAULT = new Limits(
                16 << 20,
                50L << 20,
                1 << 20,
                64 << 20,
                4 << 20,
                Duration.ofSeconds(30),
                20_000,
                64,
                200_000,
                Duration.ofDays(2),
                Duration.ZERO);

        public Limits withRequestTimeout(Duration changed) {
            return new Limits(
                    jsonBodyBytes,
                    multipartBytes,
                    pageFrameBytes,
                    systemMessageBytes,
                    socketQueueBytes,
                    changed,
                    maxPending,
                    heldPackets,
                    cachedStatuses,
                    statusLifetime,
                    pageSilence);
        }

        public Limits withMaxPending(int changed) {
            return new Limits(
                    jsonBodyBytes,
                    multipartBytes,
                    pageFrameBytes,
                    systemMessageBytes,
                    socketQueueBytes,
                    requestTimeout,
                    changed,
                    heldPackets,
                    cachedStatuses,
                    statusLifetime,
                    pageSilence);
        }

        public Limits withCachedStatuses(int count, Duration lifetime) {
            return new Limits(
                    jsonBodyBytes,
                    multipartBytes,
                    pageFrameBytes,
                    systemMessageBytes,
                    socketQueueBytes,
                    requestTimeout,
                    maxPending,
                    heldPackets,
                    count,
                    lifetime,
                    pageSilence);
        }

        public Limits withPageSilence(Duration changed) {
            return new Limits(
                    jsonBodyBytes,
                    multipartBytes,
                    pageFrameBytes,
                    systemMessageBytes,
                    socketQueueBytes,
                    requestTimeout,
                    maxPending,
                    heldPackets,
                    cachedStatuses,
                    statusLifetime,
                    changed);
        }
    }
}
