package org.mephisto.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.mephisto.boot.StandaloneRouter;
import org.mephisto.router.RouterOptions;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a router that some other process connects to. */
@Command(
        name = "router",
        mixinStandardHelpOptions = true,
        description = "Serves a task's page on this machine, for a run that goes on in another process.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mephisto router --folder build --uploads files --secret-file secret.txt",
            "  mephisto router --folder build --uploads files --hostname 0.0.0.0 --port 80",
            "",
            "It prints its address, and ends on Ctrl-C or SIGTERM. docs/routers.md says more."
        })
final class RouterCommand implements Callable<Integer> {
    private static final String SECRET = "MEPHISTO_CHANNEL_SECRET";

    @Option(names = "--folder", required = true, paramLabel = "DIR", description = "The page's files.")
    private Path folder;

    @Option(
            names = "--uploads",
            required = true,
            paramLabel = "DIR",
            description = "Where files that workers send are kept; made when missing.")
    private Path uploads;

    @Option(
            names = "--hostname",
            defaultValue = "localhost",
            description = "The address to listen on (${DEFAULT-VALUE}); 0.0.0.0 for all.")
    private String hostname;

    @Option(
            names = "--port",
            defaultValue = "3000",
            description = "The port (${DEFAULT-VALUE}); 0 for any that is free.")
    private int port;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "Holds the secret that the run shows when it connects; else the variable " + SECRET + ".")
    private @Nullable Path secretFile;

    @Option(
            names = "--page-silence",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description =
                    "The run is told of live pages that have been silent for so long: ${DEFAULT-VALUE} by default, 0 for never.")
    private long pageSilence;

    @Option(
            names = "--allow-no-secret-on-loopback",
            description = "A program on this machine may connect as the run without the secret; to try things out.")
    private boolean allowNoSecret;

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    RouterCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws InterruptedException {
        RouterOptions options = options();
        CountDownLatch ended = new CountDownLatch(1);
        Interrupts interrupts = Interrupts.handle(ended::countDown, ended::countDown);
        try (StandaloneRouter router = StandaloneRouter.start(options)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(router.url());
            out.flush();
            ended.await();
        } finally {
            interrupts.close();
        }
        return 0;
    }

    private RouterOptions options() {
        if (pageSilence < 0) {
            throw new MephistoException(
                    ErrorCode.INVALID_CONFIG,
                    "--page-silence \"" + pageSilence + "\" is no time. Give seconds, or 0 for never.");
        }
        String secret = secret();
        if (secret.isEmpty() && !allowNoSecret) {
            throw new MephistoException(
                    ErrorCode.INVALID_CONFIG,
                    "Nobody could connect to this router: it has no secret. Give one with --secret-file or in " + SECRET
                            + ", or allow programs on this machine to connect without (--allow-no-secret-on-loopback).");
        }
        RouterOptions options = RouterOptions.of(hostname, port, folder, uploads)
                .withLimits(RouterOptions.Limits.DEFAULT.withPageSilence(Duration.ofSeconds(pageSilence)));
        if (!secret.isEmpty()) {
            options = options.withChannelSecret(secret);
        }
        return allowNoSecret ? options.allowingNoSecretOnLoopback() : options;
    }

    private String secret() {
        if (secretFile == null) {
            return installation.environment().getOrDefault(SECRET, "").strip();
        }
        try {
            return Files.readString(secretFile).strip();
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "The secret file \"" + secretFile + "\" cannot be read (" + e
                            + "). Name another with --secret-file.",
                    e);
        }
    }
}
