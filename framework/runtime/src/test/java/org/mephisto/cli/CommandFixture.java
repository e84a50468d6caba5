package org.mephisto.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.registry.PluginJarBuilder;

/** An installation with one plugin that works and one that does not, and a user without settings. */
@SuppressWarnings("NullAway.Init")
abstract class CommandFixture {
    static final String PROPERTY = "mephisto.distribution";

    @TempDir
    static Path installation;

    private static String before;

    @TempDir
    Path home;

    /** What a command has printed, and its exit code. */
    record Outcome(int exitCode, String out, String err) {}

    @BeforeAll
    static void install() throws IOException {
        Path plugins = Files.createDirectories(installation.resolve("plugins"));
        PluginJarBuilder.plugin("labeling", "1.2.3")
                .source("labeling.Labeling", """
                        package labeling;
                        import org.mephisto.spi.blueprint.*;
                        import org.mephisto.spi.config.Option;
                        public class Labeling implements BlueprintFactory {
                            public record Config(
                                @Option(help = "What to label.") String sentence,
                                @Option(help = "How often.", defaultValue = "3", min = 1, max = 9) int times) {}
                            public String type() { return "labeling"; }
                            public String description() { return "One sentence, one label."; }
                            public Class<? extends Record> configType() { return Config.class; }
                            public Blueprint create(BlueprintContext context) { throw new IllegalStateException("secret cause"); }
                        }
                        """)
                .service("org.mephisto.spi.blueprint.BlueprintFactory", "labeling.Labeling")
                .source("labeling.Nobody", """
                        package labeling;
                        import java.util.Optional;
                        import org.mephisto.spi.config.Option;
                        import org.mephisto.spi.provider.*;
                        public class Nobody implements CrowdProviderFactory {
                            public record Config() {}
                            public record Account(@Option(help = "The key.") String apiKey) {}
                            public String type() { return "nobody"; }
                            public String description() { return "A crowd of none."; }
                            public Class<? extends Record> configType() { return Config.class; }
                            public Class<? extends Record> requesterType() { return Account.class; }
                            public CrowdProvider create(CrowdProviderContext context) { throw new IllegalStateException(); }
                        }
                        """)
                .service("org.mephisto.spi.provider.CrowdProviderFactory", "labeling.Nobody")
                .writeTo(plugins, "labeling.jar");
        Files.writeString(plugins.resolve("broken.jar"), "not a jar");
        before = System.getProperty(PROPERTY, "");
        System.setProperty(PROPERTY, installation.toString());
    }

    @AfterAll
    static void restore() {
        if (before.isEmpty()) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }

    Outcome mephisto(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = MephistoCli.run(
                new PrintWriter(out), new PrintWriter(err), Map.of("MEPHISTO_HOME", home.toString()), arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
