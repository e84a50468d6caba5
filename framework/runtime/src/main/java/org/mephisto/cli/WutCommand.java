package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mephisto.boot.Mephisto;
import org.mephisto.config.ArchitectArgs;
import org.mephisto.config.BlueprintArgs;
import org.mephisto.config.ProviderArgs;
import org.mephisto.config.bind.OptionDescription;
import org.mephisto.registry.Registry;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.store.DatabaseConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains what can be configured. */
@Command(
        name = "wut",
        mixinStandardHelpOptions = true,
        description = "Explains what can be configured: the types there are, and every option of a type.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mephisto wut                                 what there is",
            "  mephisto wut blueprint                       the types of blueprint",
            "  mephisto wut blueprint=static_task           all options of a type",
            "  mephisto wut blueprint=static_task data_csv  some of them",
            "  mephisto wut task                            the options every task has",
            "  mephisto wut requester=mock                  what registering needs"
        })
final class WutCommand implements Callable<Integer> {
    private static final List<String> THINGS =
            List.of("blueprint", "architect", "provider", "requester", "task", "database");

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "THING[=TYPE]",
            description = "blueprint, architect, provider or requester, with a type or without; task; database.")
    private @Nullable String thing;

    @Parameters(index = "1..*", paramLabel = "OPTION", description = "Only these options.")
    private List<String> only = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    WutCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        try (Mephisto mephisto = installation.open()) {
            if (thing == null) {
                overview(mephisto.registry());
                return 0;
            }
            int equals = thing.indexOf('=');
            String kind = equals < 0 ? thing : thing.substring(0, equals);
            String type = equals < 0 ? "" : thing.substring(equals + 1);
            if (!THINGS.contains(kind)) {
                throw new MephistoException(
                        ErrorCode.INVALID_INPUT, "\"" + kind + "\" cannot be explained." + Suggestion.of(kind, THINGS));
            }
            explain(mephisto.registry(), kind, type);
            return 0;
        }
    }

    private void explain(Registry registry, String kind, String type) {
        switch (kind) {
            case "task" -> options("mephisto.task", "What every task has.", List.of(TaskArgs.class));
            case "database" -> options("mephisto.database", "Where rows are kept.", List.of(DatabaseConfig.class));
            default -> {
                if (type.isEmpty()) {
                    types(registry, kind);
                } else {
                    ofType(registry, kind, type);
                }
            }
        }
    }

    private void ofType(Registry registry, String kind, String type) {
        switch (kind) {
            case "blueprint" -> {
                var factory = registry.getBlueprintFromType(type);
                options(
                        "mephisto.blueprint",
                        factory.description(),
                        List.of(factory.configType(), BlueprintArgs.class));
            }
            case "architect" -> {
                var factory = registry.getArchitectFromType(type);
                options(
                        "mephisto.architect",
                        factory.description(),
                        List.of(factory.configType(), ArchitectArgs.class));
            }
            case "provider" -> {
                var factory = registry.getCrowdProviderFromType(type);
                options("mephisto.provider", factory.description(), List.of(factory.configType(), ProviderArgs.class));
            }
            default -> {
                var factory = registry.getCrowdProviderFromType(type);
                options(
                        "mephisto register " + type,
                        "Settings of a requester, beside its name.",
                        List.of(factory.requesterType()));
            }
        }
    }

    private void overview(Registry registry) {
        PrintWriter out = spec.commandLine().getOut();
        List<String> kinds = List.of("blueprint", "architect", "provider");
        if (json) {
            ObjectNode all = Json.object();
            kinds.forEach(kind -> all.set(kind, Json.toNode(descriptions(registry, kind))));
            out.println(Json.write(all));
            return;
        }
        for (String kind : kinds) {
            printTypes(registry, kind);
            out.println();
        }
        out.println("mephisto wut blueprint=TYPE lists a type's options, mephisto wut task those of every task.");
    }

    private void types(Registry registry, String kind) {
        if (json) {
            spec.commandLine().getOut().println(Json.write(Json.toNode(descriptions(registry, kind))));
        } else {
            printTypes(registry, kind);
        }
    }

    private void printTypes(Registry registry, String kind) {
        Table table = new Table(kind.toUpperCase(Locale.ROOT), "WHAT IT IS");
        descriptions(registry, kind).forEach(table::row);
        table.print(spec.commandLine().getOut());
    }

    /** What each type is, by its name, in the order of the names. */
    private static Map<String, String> descriptions(Registry registry, String kind) {
        Map<String, String> all = new TreeMap<>();
        switch (kind) {
            case "blueprint" ->
                registry.blueprintTypes()
                        .forEach(type -> all.put(
                                type, registry.getBlueprintFromType(type).description()));
            case "architect" ->
                registry.architectTypes()
                        .forEach(type -> all.put(
                                type, registry.getArchitectFromType(type).description()));
            default ->
                registry.crowdProviderTypes()
                        .forEach(type -> all.put(
                                type, registry.getCrowdProviderFromType(type).description()));
        }
        return all;
    }

    private void options(String path, String description, List<Class<? extends Record>> types) {
        List<OptionDescription> all = new ArrayList<>();
        types.forEach(type -> all.addAll(OptionDescription.of(type)));
        only.stream()
                .filter(name -> all.stream().noneMatch(option -> option.key().equals(name)))
                .findFirst()
                .ifPresent(unknown -> {
                    List<String> keys = all.stream().map(OptionDescription::key).toList();
                    throw new MephistoException(
                            ErrorCode.INVALID_INPUT,
                            "There is no option \"" + unknown + "\" under " + path + "."
                                    + Suggestion.of(unknown, keys));
                });
        List<OptionDescription> shown = all.stream()
                .filter(option -> only.isEmpty() || only.contains(option.key()))
                .toList();
        if (json) {
            spec.commandLine().getOut().println(Json.write(asJson(path, description, shown)));
        } else {
            print(path, description, shown);
        }
    }

    private static ObjectNode asJson(String path, String description, List<OptionDescription> shown) {
        ObjectNode result = Json.object().put("path", path).put("description", description);
        var options = result.putArray("options");
        for (OptionDescription option : shown) {
            options.addObject()
                    .put("key", option.key())
                    .put("type", option.type())
                    .put("help", option.help())
                    .put("default", option.defaultValue().orElse(null))
                    .put("required", option.required())
                    .put("range", option.range().orElse(null));
        }
        return result;
    }

    private void print(String path, String description, List<OptionDescription> shown) {
        PrintWriter out = spec.commandLine().getOut();
        var ansi = spec.commandLine().getColorScheme().ansi();
        out.println(ansi.string("@|bold " + path + "|@  " + description));
        for (OptionDescription option : shown) {
            out.println();
            StringBuilder facts = new StringBuilder(option.type());
            option.range().ifPresent(range -> facts.append(", ").append(range));
            if (option.required()) {
                facts.append(", required");
            }
            option.defaultValue()
                    .ifPresent(value -> facts.append(", default ").append(value.isEmpty() ? "empty" : value));
            out.println(ansi.string("  @|bold " + option.key() + "|@  ") + "(" + facts + ")");
            if (!option.help().isEmpty()) {
                out.println("      " + option.help());
            }
        }
    }
}
