package org.mephisto.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mephisto.scaffold.PluginScaffold;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups what can be scaffolded. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = "Writes the beginnings of a plugin.",
        footerHeading = "%nExample:%n",
        footer = "  mephisto new blueprint my-task",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = NewCommand.Blueprint.class)
final class NewCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Scaffolds a blueprint plugin. */
    @Command(
            name = "blueprint",
            mixinStandardHelpOptions = true,
            description = "Writes a blueprint plugin that builds, tests itself and runs: a kind of task of your own.",
            footerHeading = "%nThen:%n",
            footer = {
                "  cd my-task && mvn package",
                "  cp target/my-task-*.jar PLUGINS   (mephisto plugins names the folder)",
                "  mephisto wut blueprint=my-task",
                "  mephisto run task.yaml"
            })
    static final class Blueprint implements Callable<Integer> {
        @Parameters(
                index = "0",
                paramLabel = "NAME",
                description = "The type's name: lower case, digits and dashes, such as my-task.")
        private String name;

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "DIR",
                description = "The folder to make; NAME in the current folder if not said.")
        private @Nullable Path directory;

        @Spec
        private CommandSpec spec;

        private final Installation installation;

        Blueprint(Installation installation) {
            this.installation = installation;
        }

        @Override
        public Integer call() {
            Path target = directory == null ? Path.of(name) : directory;
            new PluginScaffold(installation.home()).create(name, target);
            var out = spec.commandLine().getOut();
            out.println("A blueprint \"" + name + "\" stands in " + target + ". Next:");
            out.println("  cd " + Shell.quote(target.toString()) + " && mvn package");
            out.println("  cp target/" + name + "-*.jar "
                    + Shell.quote(installation.plugins().toString()));
            out.println("  mephisto wut blueprint=" + name);
            out.println("  mephisto run task.yaml");
            return 0;
        }
    }
}
