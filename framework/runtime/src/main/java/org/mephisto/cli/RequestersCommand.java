package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.mephisto.boot.Mephisto;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.Requester;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists who can launch tasks. */
@Command(
        name = "requesters",
        mixinStandardHelpOptions = true,
        description = "Lists the registered requesters: the accounts in whose names tasks run.",
        footerHeading = "%nExamples:%n",
        footer = {"  mephisto requesters", "  mephisto requesters mephisto.datapath=/data/mephisto"})
final class RequestersCommand implements Callable<Integer> {
    @Mixin
    private final DatabaseSettings database = new DatabaseSettings();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    RequestersCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Mephisto mephisto = installation.open()) {
            List<Requester> all =
                    database.open(mephisto).read(tx -> tx.requesters().list());
            if (json) {
                ArrayNode list = Json.array();
                all.forEach(each -> list.addObject()
                        .put("id", each.id())
                        .put("name", each.name())
                        .put("provider_type", each.providerType()));
                out.println(Json.write(list));
                return 0;
            }
            Table table = new Table("NAME", "PROVIDER");
            all.forEach(each -> table.row(each.name(), each.providerType()));
            if (table.isEmpty()) {
                out.println(
                        "No requester is registered yet. The mock and inhouse providers make their own; for others: mephisto register TYPE name=...");
            } else {
                table.print(out);
            }
            return 0;
        }
    }
}
