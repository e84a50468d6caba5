package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.mephisto.boot.Mephisto;
import org.mephisto.refusal.WhyNot;
import org.mephisto.refusal.WhyNot.Explanation;
import org.mephisto.spi.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains a refusal. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description =
                "Explains why a worker got no unit of a task: which rule it was, with which values, and what you may do.",
        footerHeading = "%nExamples:%n",
        footer = {"  mephisto why ann my-task", "  mephisto why ann my-task --provider inhouse --json"})
final class WhyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "WORKER", description = "The worker's name.")
    private String workerName;

    @Parameters(index = "1", paramLabel = "TASK", description = "The task's name.")
    private String taskName;

    @Mixin
    private final DatabaseSettings database = new DatabaseSettings();

    @Mixin
    private final WorkerProvider provider = new WorkerProvider();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    WhyCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Mephisto mephisto = installation.open()) {
            Explanation known = new WhyNot(database.open(mephisto)).explain(workerName, provider.type(), taskName);
            if (json) {
                out.println(Json.write(toJson(known)));
            } else {
                print(known, out);
            }
            return 0;
        }
    }

    private static void print(Explanation known, PrintWriter out) {
        String who =
                "Worker \"" + known.worker().name() + "\" of " + known.worker().providerType();
        if (known.refusals().isEmpty()) {
            out.println(who + " was never refused in \"" + known.taskName() + "\".");
        } else {
            out.println(who + " was refused in \"" + known.taskName() + "\", the latest first:");
        }
        known.refusals().forEach(each -> {
            out.println();
            out.println(each.lastAt() + "  run " + each.taskRunId() + "  " + each.reason()
                    + (each.count() > 1 ? "  (" + each.count() + " times)" : ""));
            out.println("  " + each.sentence());
            if (!each.advice().isEmpty()) {
                out.println("  " + each.advice());
            }
        });
        out.println();
        out.println("Holds now: " + listed(known.held(), "no qualification") + ".");
        out.println("Visits to the task: " + listed(known.worked(), "none with a unit") + ".");
    }

    private static String listed(Map<String, ?> counts, String none) {
        return counts.isEmpty()
                ? none
                : counts.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static ObjectNode toJson(Explanation known) {
        ObjectNode all = QualificationAction.toJson(known.worker()).put("task_name", known.taskName());
        ArrayNode refusals = all.putArray("refusals");
        known.refusals()
                .forEach(each -> refusals.addObject()
                        .put("task_run_id", each.taskRunId())
                        .put("reason", each.reason().name())
                        .put("count", each.count())
                        .put("last_at", each.lastAt().toString())
                        .put("sentence", each.sentence())
                        .put("advice", each.advice())
                        .set("details", each.details().node()));
        all.set("qualifications", Json.toNode(known.held()));
        all.set("visits", Json.toNode(known.worked()));
        return all;
    }
}
