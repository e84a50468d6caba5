package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.mephisto.boot.Mephisto;
import org.mephisto.registry.PluginReport;
import org.mephisto.spi.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what the plugins folder holds. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description = "Lists the plugins: what each offers, from which jar, and what was refused and why.")
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
            if (json) {
                ArrayNode all = Json.array();
                mephisto.registry().pluginReports().forEach(report -> all.add(Json.toNode(report)));
                out.println(Json.write(all));
                return 0;
            }
            Table table = new Table("PLUGIN", "VERSION", "OFFERS", "JAR");
            for (PluginReport report : mephisto.registry().pluginReports()) {
                table.row(report.pluginId(), report.version(), PluginsCommand.offers(report), report.jar());
            }
            table.print(out);
            return 0;
        }
    }

    private static String offers(PluginReport report) {
        return report.toString();
    }
}
