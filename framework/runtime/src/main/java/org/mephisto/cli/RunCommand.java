package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.mephisto.boot.Mephisto;
import org.mephisto.config.MephistoConfig;
import org.mephisto.config.RunScriptConfig;
import org.mephisto.logging.Logging;
import org.mephisto.operator.Operator;
import org.mephisto.operator.RunEnd;
import org.mephisto.operator.RunningTaskRun;
import org.mephisto.spi.json.Json;
import org.mephisto.supervisor.pool.RunProgress.Counts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Launches a task and stays with it to its end. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Launches a task, shows how it goes, and ends when all units are done.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mephisto run my-task",
            "  mephisto run my-task mephisto.task.task_reward=0.3",
            "  mephisto run my-task mephisto.architect.port=8080",
            "  mephisto run my-task conf=pilot mephisto/provider=inhouse",
            "",
            "Ctrl-C once hands out no more units and waits for those at work; twice ends at once."
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration REDRAW = Duration.ofMillis(250);

    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description = "A YAML file, or a folder with task.yaml or hydra_configs/conf.")
    private Path path;

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "Changes to the configuration.")
    private List<String> overrides = List.of();

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    RunCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        try (Mephisto mephisto = installation.open()) {
            RunScriptConfig config = mephisto.loadConfig(path, overrides);
            Logging.configure(config.mephisto().logLevel(), config.mephisto().logLevels());
            Operator operator = mephisto.operator(config);
            Instant start = Instant.now();
            RunningTaskRun run = operator.validateAndRunConfig(config);
            Path data = mephisto.directories(config.mephisto().datapath()).data();
            try (Interrupts interrupts = Interrupts.handle(run::stop, run::disconnect)) {
                announce(run, data);
                follow(run, interrupts);
            }
            RunEnd end = run.end().join();
            Duration took = Duration.between(start, Instant.now());
            if (json) {
                spec.commandLine()
                        .getOut()
                        .println(Json.write(summary(run, end, took).put("data", data.toString())));
            } else {
                summarize(run, end, took);
                sayWhereTheDataAre(run, config.mephisto(), data);
            }
            return end == RunEnd.LAUNCH_FAILED ? 1 : 0;
        }
    }

    private void announce(RunningTaskRun run, Path data) {
        PrintWriter err = spec.commandLine().getErr();
        String visit = UUID.randomUUID().toString().substring(0, 8);
        err.println();
        err.println(ansi("@|bold " + run.taskRun().taskName() + "|@  task run "
                + run.taskRun().id()));
        err.println("  Task page  " + run.url());
        err.println(ansi("  Try it     @|underline " + run.workerUrl("worker1", visit) + "|@"));
        err.println("  Data       " + data);
        err.println(ansi("  @|faint Ctrl-C once lets people finish, twice ends at once.|@"));
        err.println();
        err.flush();
    }

    private void follow(RunningTaskRun run, Interrupts interrupts) throws InterruptedException {
        try (ProgressLine line = new ProgressLine(spec.commandLine().getErr())) {
            int told = 0;
            do {
                int interrupted = interrupts.count();
                line.show(ProgressText.of(run.progress(), interrupted), interrupted != told);
                told = interrupted;
            } while (!run.awaitEnd(REDRAW));
            line.show(ProgressText.of(run.progress(), interrupts.count()), true);
        }
    }

    private static ObjectNode summary(RunningTaskRun run, RunEnd end, Duration took) {
        Counts counts = run.progress();
        return Json.object()
                .put("task_name", run.taskRun().taskName())
                .put("task_run_id", run.taskRun().id())
                .put("end", end.name().toLowerCase(Locale.ROOT))
                .put("units", counts.created())
                .put("completed", counts.completed())
                .put("expired", counts.expired())
                .put("seconds", took.toSeconds());
    }

    private void summarize(RunningTaskRun run, RunEnd end, Duration took) {
        Counts counts = run.progress();
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println(ansi(
                (end == RunEnd.LAUNCH_FAILED ? "@|red,bold Ended:|@ " : "@|green,bold Ended:|@ ") + end.words() + "."));
        out.println("  " + counts.completed() + " of " + counts.created() + " units completed, " + counts.expired()
                + " expired, in " + ProgressText.duration(took) + ".");
    }

    private void sayWhereTheDataAre(RunningTaskRun run, MephistoConfig config, Path data) {
        PrintWriter out = spec.commandLine().getOut();
        String settings = DatabaseSettings.of(config.datapath(), config.database()).stream()
                .map(setting -> " " + Shell.quote(setting))
                .collect(Collectors.joining());
        out.println("  The data are in " + data + ". To read them:");
        out.println("    mephisto export " + Shell.quote(run.taskRun().taskName()) + " --format csv" + settings);
    }

    private String ansi(String markup) {
        return spec.commandLine().getColorScheme().ansi().string(markup);
    }
}
