package org.mephisto.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mephisto.config.ConfigHandler;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads and changes the user's settings. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Shows the user's settings, or one of them, or changes one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mephisto config",
            "  mephisto config core.main_data_directory",
            "  mephisto config core.main_data_directory /data/mephisto"
        })
final class ConfigCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "SECTION.KEY", description = "The setting.")
    private @Nullable String setting;

    @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "Its new value.")
    private @Nullable String value;

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    ConfigCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ConfigHandler handler = ConfigHandler.fromEnvironment(installation.environment());
        if (setting == null) {
            showAll(out, handler.getConfig());
            return 0;
        }
        int dot = setting.indexOf('.');
        if (dot < 1 || dot == setting.length() - 1) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "\"" + setting + "\" is not of the form section.key, such as core.main_data_directory.");
        }
        String section = setting.substring(0, dot);
        String key = setting.substring(dot + 1);
        if (value != null) {
            handler.addConfigArg(section, key, value);
            spec.commandLine().getErr().println(setting + " is now \"" + value + "\".");
            return 0;
        }
        out.println(handler.getConfigArg(section, key)
                .map(JsonNode::asText)
                .orElseThrow(() -> new MephistoException(
                        ErrorCode.NOT_FOUND, "There is no setting \"" + setting + "\". mephisto config lists them.")));
        return 0;
    }

    private void showAll(PrintWriter out, JsonNode all) {
        if (all.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "Nothing is set yet. mephisto config core.main_data_directory FOLDER says where data are kept.");
        }
        all.properties()
                .forEach(section -> section.getValue()
                        .properties()
                        .forEach(entry -> out.println(section.getKey() + "." + entry.getKey() + " "
                                + entry.getValue().asText())));
    }
}
