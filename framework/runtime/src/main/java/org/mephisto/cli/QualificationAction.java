package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.mephisto.boot.Mephisto;
import org.mephisto.qualification.Qualifications;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.QualificationStore.Qualification;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the subcommands of {@code mephisto qualifications} have in common. */
abstract class QualificationAction implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private final DatabaseSettings database = new DatabaseSettings();

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    QualificationAction(Installation installation) {
        this.installation = installation;
    }

    /** Does it, and says so. */
    abstract void run(Qualifications qualifications);

    @Override
    public final Integer call() {
        try (Mephisto mephisto = installation.open()) {
            run(mephisto.qualifications(database.open(mephisto)));
            return 0;
        }
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final boolean json() {
        return json;
    }

    /** Prints the object, or the sentence. */
    final void tell(ObjectNode asJson, String sentence) {
        out().println(json ? Json.write(asJson) : sentence);
    }

    static ObjectNode toJson(Qualification qualification) {
        return Json.object()
                .put("id", qualification.id())
                .put("name", qualification.name())
                .put("description", qualification.description().orElse(null))
                .put("created_at", qualification.createdAt().toString())
                .put("holders", qualification.holders());
    }

    static ObjectNode toJson(Worker worker) {
        return Json.object()
                .put("worker_id", worker.id())
                .put("worker_name", worker.name())
                .put("provider_type", worker.providerType());
    }

    static String workers(long count) {
        return count == 1 ? "1 worker" : count + " workers";
    }
}
