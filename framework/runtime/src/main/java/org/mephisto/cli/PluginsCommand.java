package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mephisto.boot.Mephisto;
import org.mephisto.registry.PluginReport;
import org.mephisto.registry.PluginReport.State;
import org.mephisto.spi.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what the plugins folder holds. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description = "Lists the plugins: what each offers, from which jar, and what was refused and why.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mephisto plugins",
            "  mephisto plugins --json | jq '.[].problems'",
            "",
            "A jar is added by putting it into the plugins folder, which the list names."
        })
final class PluginsCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    PluginsCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Mephisto mephisto = installation.open()) {
            List<PluginReport> reports = mephisto.registry().pluginReports();
            if (json) {
                out.println(Json.write(asJson(reports)));
            } else {
                print(out, reports);
            }
            return 0;
        }
    }

    private void print(PrintWriter out, List<PluginReport> reports) {
        out.println("Plugins in " + installation.plugins());
        Table table = new Table("PLUGIN", "VERSION", "OFFERS", "JAR");
        for (PluginReport report : reports) {
            if (report.state() == State.LOADED) {
                table.row(report.id().orElse("?"), report.version().orElse("?"), offers(report), fileName(report));
            }
        }
        table.print(out);
        for (PluginReport report : reports) {
            for (String problem : report.problems()) {
                String what = report.state() == State.REFUSED ? "Refused" : "In part refused";
                out.println(what + ": " + fileName(report) + ": " + problem);
            }
        }
    }

    private static ArrayNode asJson(List<PluginReport> reports) {
        ArrayNode all = Json.array();
        for (PluginReport report : reports) {
            ObjectNode plugin = all.addObject()
                    .put("jar", report.jar().toString())
                    .put("id", report.id().orElse(null))
                    .put("version", report.version().orElse(null))
                    .put("state", report.state().name().toLowerCase(Locale.ROOT));
            plugin.set("blueprints", Json.toNode(report.blueprintTypes()));
            plugin.set("architects", Json.toNode(report.architectTypes()));
            plugin.set("providers", Json.toNode(report.providerTypes()));
            plugin.set("problems", Json.toNode(report.problems()));
        }
        return all;
    }

    private static String fileName(PluginReport report) {
        return String.valueOf(report.jar().getFileName());
    }

    private static String offers(PluginReport report) {
        return Stream.of(
                        report.blueprintTypes().stream().map(type -> "blueprint " + type),
                        report.architectTypes().stream().map(type -> "architect " + type),
                        report.providerTypes().stream().map(type -> "provider " + type))
                .flatMap(offered -> offered)
                .collect(Collectors.joining(", "));
    }
}
