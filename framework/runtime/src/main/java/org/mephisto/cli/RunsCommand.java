package org.mephisto.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mephisto.api.AdminClient;
import org.mephisto.spi.json.Json;
import org.mephisto.store.DataDirectories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after runs that are going on, in whatever process of this user. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Shows the task runs that are going on, and changes them while they do.",
        subcommands = picocli.CommandLine.HelpCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  mephisto runs list",
            "  mephisto runs show my-task",
            "  mephisto runs set my-task maximum_units_per_worker=20 allowed_concurrent=2",
            "  mephisto runs pause 7",
            "  mephisto runs resume 7",
            "  mephisto runs stop 7"
        })
final class RunsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private final Installation installation;

    RunsCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, show, set, pause, resume or stop.");
    }

    /** {@code --json}. */
    static final class Output {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;
    }

    /** The run that is meant, and how it is shown. */
    static final class Chosen {
        @Parameters(index = "0", paramLabel = "RUN", description = "Its number, or its task's name.")
        private String run = "";

        @Mixin
        private final Output output = new Output();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the runs that are going on.",
            footerHeading = "%nExamples:%n",
            footer = {"  mephisto runs list", "  mephisto runs list --json"})
    int list(@Mixin Output output) {
        return withClient(client -> {
            List<ObjectNode> runs = client.list();
            PrintWriter out = spec.commandLine().getOut();
            if (output.json) {
                out.println(Json.write(runs));
            } else if (runs.isEmpty()) {
                out.println("No run is going on. Start one with: mephisto run TASK");
            } else {
                Table table = new Table("RUN", "TASK", "STATE", "DONE", "IN WORK", "OPEN", "URL");
                runs.forEach(run -> table.row(
                        run.path("task_run_id").asText(),
                        run.path("task_name").asText(),
                        run.path("state").asText(),
                        run.at("/units/completed").asText(),
                        run.at("/units/in_work").asText(),
                        run.at("/units/launched").asText(),
                        run.path("url").asText()));
                table.print(out);
            }
        });
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one run: how far it is, and the settings that can be changed.",
            footerHeading = "%nExamples:%n",
            footer = {"  mephisto runs show my-task"})
    int show(@Mixin Chosen chosen) {
        return withClient(client -> print(client.show(chosen.run), chosen.output));
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Changes settings of a run while it goes on; \"mephisto runs show\" lists them.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mephisto runs set my-task maximum_units_per_worker=20",
                "  mephisto runs set 7 max_num_concurrent_units=0"
            })
    int set(
            @Mixin Chosen chosen,
            @Parameters(
                            index = "1..*",
                            arity = "1..*",
                            paramLabel = "KEY=VALUE",
                            description = "Keys of mephisto.task.")
                    List<String> settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(
                        spec.commandLine(), "\"" + setting + "\" is not KEY=VALUE, such as allowed_concurrent=2.");
            }
            String key = setting.substring(0, equals);
            values.put(
                    key.startsWith("mephisto.task.") ? key.substring("mephisto.task.".length()) : key,
                    setting.substring(equals + 1));
        }
        return withClient(client -> print(client.change(chosen.run, values), chosen.output));
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Hands out no more units until \"resume\"; those at work go on.",
            footerHeading = "%nExamples:%n",
            footer = {"  mephisto runs pause 7"})
    int pause(@Mixin Chosen chosen) {
        return tell(chosen, "pause");
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Hands out units again.",
            footerHeading = "%nExamples:%n",
            footer = {"  mephisto runs resume 7"})
    int resume(@Mixin Chosen chosen) {
        return tell(chosen, "resume");
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Expires what nobody works on; the run ends when those at work are done.",
            footerHeading = "%nExamples:%n",
            footer = {"  mephisto runs stop my-task"})
    int stop(@Mixin Chosen chosen) {
        return tell(chosen, "stop");
    }

    private int tell(Chosen chosen, String action) {
        return withClient(client -> print(client.tell(chosen.run, action), chosen.output));
    }

    private int withClient(Consumer<AdminClient> action) {
        try (AdminClient client = new AdminClient(
                DataDirectories.home(installation.environment()), System.getProperty("user.name", "unknown"))) {
            action.accept(client);
            return 0;
        }
    }

    private void print(ObjectNode run, Output output) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            out.println(Json.write(run));
            return;
        }
        JsonNode units = run.path("units");
        out.println("Run " + run.path("task_run_id").asText() + " of \""
                + run.path("task_name").asText() + "\" is " + run.path("state").asText() + " at "
                + run.path("url").asText());
        out.println("  " + units.path("completed").asText() + " units done, "
                + units.path("in_work").asText() + " in work, "
                + units.path("launched").asText() + " open, "
                + units.path("expired").asText() + " expired; "
                + run.path("submissions_per_minute").asText() + " submissions in the last minute");
        Table settings = new Table("SETTING", "VALUE");
        run.path("settings")
                .properties()
                .forEach(each ->
                        settings.row("  " + each.getKey(), each.getValue().asText()));
        settings.print(out);
    }
}
