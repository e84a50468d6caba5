package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mephisto.boot.Mephisto;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.bind.OptionDescription;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.provider.CrowdProviderFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Registers a requester. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description =
                "Registers a requester, or changes a registered one's settings. Without arguments: lists the types.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mephisto register                         the types there are",
            "  mephisto wut requester=inhouse            what a type needs",
            "  mephisto register inhouse name=our-lab"
        })
final class RegisterCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "The provider type.")
    private @Nullable String type;

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "name=... and what the type needs.")
    private List<String> settings = List.of();

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    RegisterCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Mephisto mephisto = installation.open()) {
            if (type == null) {
                out.println("Requesters can be registered with: "
                        + String.join(", ", mephisto.registry().crowdProviderTypes()));
                out.println("mephisto wut requester=TYPE lists what a type needs.");
                return 0;
            }
            CrowdProviderFactory provider = mephisto.registry().getCrowdProviderFromType(type);
            List<String> database = new ArrayList<>();
            ObjectNode given = Json.object();
            for (String setting : settings) {
                if (setting.startsWith("mephisto.")) {
                    database.add(setting);
                } else {
                    put(given, setting);
                }
            }
            String name = given.path("name").asText(provider.defaultRequester().orElse(""));
            if (name.isEmpty()) {
                throw new MephistoException(
                        ErrorCode.INVALID_INPUT, "The requester needs a name: mephisto register " + type + " name=...");
            }
            given.remove("name");
            requireKnown(provider, given);
            new ConfigBinder(Path.of("")).bind(provider.requesterType(), "requester", given);
            DatabaseSettings.open(mephisto, database)
                    .inTransaction(tx -> tx.requesters().register(name, provider.type(), JsonValue.of(given)));
            out.println("Requester \"" + name + "\" of type " + type + " is registered.");
            return 0;
        }
    }

    private static void requireKnown(CrowdProviderFactory provider, ObjectNode given) {
        List<String> known = new ArrayList<>(List.of("name"));
        OptionDescription.of(provider.requesterType()).forEach(option -> known.add(option.key()));
        given.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw new MephistoException(
                        ErrorCode.INVALID_INPUT,
                        "A requester of type " + provider.type() + " has no \"" + key + "\"."
                                + Suggestion.of(key, known) + " mephisto wut requester=" + provider.type()
                                + " says what each is.");
            }
        });
    }

    private static void put(ObjectNode given, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new MephistoException(ErrorCode.INVALID_INPUT, "\"" + setting + "\" is not of the form key=value.");
        }
        given.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
}
