package org.mephisto.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mephisto.boot.Mephisto;
import org.mephisto.config.RunScriptConfig;
import org.mephisto.registry.PluginReport;
import org.mephisto.registry.PluginReport.State;
import org.mephisto.store.DataDirectories;
import org.mephisto.store.DatabaseConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks whether everything is in order, without launching anything. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks this installation and, with PATH, a task's configuration. Launches nothing.",
        footerHeading = "%nExamples:%n",
        footer = {"  mephisto check", "  mephisto check my-task", "  mephisto check my-task conf=pilot"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "PATH", description = "The task to check too.")
    private @Nullable Path path;

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "Changes to the configuration.")
    private List<String> overrides = List.of();

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    CheckCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Mephisto mephisto = installation.open()) {
            List<PluginReport> refused = mephisto.registry().pluginReports().stream()
                    .filter(report -> report.state() == State.REFUSED)
                    .toList();
            int loaded = mephisto.registry().pluginReports().size() - refused.size();
            out.println("Java       " + Runtime.version());
            out.println("Plugins    " + loaded + " loaded"
                    + (refused.isEmpty() ? "" : ", " + refused.size() + " refused (see mephisto plugins)"));
            Optional<RunScriptConfig> config =
                    Optional.ofNullable(path).map(task -> mephisto.loadConfig(task, overrides));
            DatabaseConfig database =
                    config.map(task -> task.mephisto().database()).orElseGet(DatabaseSettings::standard);
            Optional<Path> datapath = config.flatMap(task -> task.mephisto().datapath());
            DataDirectories directories = mephisto.directories(datapath);
            mephisto.store(database, datapath).read(tx -> tx.tasks().list());
            out.println("Database   " + database.databaseType() + " in " + directories.data());
            config.ifPresent(task -> describe(out, task));
            out.println("All is well.");
            return 0;
        }
    }

    private static void describe(PrintWriter out, RunScriptConfig task) {
        out.println("Task       " + task.mephisto().taskName());
        out.println("           blueprint " + task.mephisto().blueprint().type() + ", architect "
                + task.mephisto().architect().type() + ", provider "
                + task.mephisto().provider().type());
        task.warnings().forEach(warning -> out.println("Warning    " + warning));
    }
}
