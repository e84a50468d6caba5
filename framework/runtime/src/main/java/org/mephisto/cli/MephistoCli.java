package org.mephisto.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.ServiceLoader;
import org.mephisto.logging.Logging;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.store.DataDirectories;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command. */
@Command(
        name = "mephisto",
        description =
                "Collects data from people: launch a task, let workers do it in their browsers, export what they made.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ExportCommand.class,
            AgreementCommand.class,
            CheckCommand.class,
            ConfigCommand.class,
            RegisterCommand.class,
            RequestersCommand.class,
            RunsCommand.class,
            QualificationsCommand.class,
            WhyCommand.class,
            WutCommand.class,
            PluginsCommand.class,
            NewCommand.class,
            RouterCommand.class,
            WarmUpCommand.class,
        })
public final class MephistoCli implements Runnable {
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show stack traces of errors.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    private MephistoCli(Installation installation) {
        this.installation = installation;
    }

    /**
     * Runs one command line.
     *
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, Map<String, String> environment, String... args) {
        Logging.start(environment, DataDirectories.home(environment));
        MephistoCli root = new MephistoCli(Installation.of(environment));
        CommandLine line = new CommandLine(root, new CommandFactory(root.installation));
        for (CommandExtension extension : ServiceLoader.load(CommandExtension.class)) {
            line.addSubcommand(extension);
        }
        line.setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, given) -> reportUsage(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> root.report(failure, command));
        line.getCommandSpec().usageMessage().footerHeading("%nTo begin:%n").footer(beginning(root.installation));
        tellVersion(line);
        int exitCode = line.execute(args);
        out.flush();
        err.flush();
        return exitCode;
    }

    private static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(MephistoCli::tellVersion);
    }

    private static String[] beginning(Installation installation) {
        String example = installation.example("simple-static-task");
        return new String[] {
            "  mephisto run " + Shell.quote(example),
            "  mephisto export simple-static-task --format csv",
            "",
            "mephisto COMMAND --help says more about a command; mephisto wut blueprint lists what a task can be."
        };
    }

    /** What was wrong, what may have been meant, and how the command is called; its whole help would push that off the screen. */
    private static int reportUsage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText("Error: ").toString() + wrong.getMessage());
        boolean suggested = UnmatchedArgumentException.printSuggestions(wrong, err);
        if (!suggested) {
            err.print(command.getHelp().synopsisHeading() + command.getHelp().synopsis(0));
        }
        err.println(command.getCommandSpec().qualifiedName() + " --help says more.");
        return CommandLine.ExitCode.USAGE;
    }

    private int report(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        command.getOut().flush();
        if (failure instanceof MephistoException known) {
            err.println(command.getColorScheme().errorText("Error: ").toString() + known.getMessage());
        } else {
            err.println(command.getColorScheme().errorText("Error: ").toString()
                    + "something in Mephisto itself failed: " + failure
                    + (verbose ? "" : " (run the command again with --verbose for the details)"));
        }
        if (verbose) {
            failure.printStackTrace(err);
        }
        return failure instanceof MephistoException known ? known.code().exitCode() : 1;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
