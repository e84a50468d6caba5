package org.mephisto.blueprint.remoteprocedure;

import java.nio.file.Path;
import java.util.Map;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.ScreeningArgs;
import org.mephisto.spi.blueprint.StaticTaskArgs;
import org.mephisto.spi.config.Mixin;
import org.mephisto.spi.config.Option;

/** Options under {@code mephisto.blueprint}. */
record RemoteProcedureConfig(
        @Option(help = "The page's JavaScript bundle.") Path taskSource,

        @Option(
                help =
                        "Whether the bundle is linked, so that a new build shows at once; only with the architect local.",
                defaultValue = "false")
        boolean linkTaskSource,

        @Option(
                help =
                        "What the page can call, by name: each a url or a command. Without either: limits of a Java function.")
        Map<String, FunctionConfig> functions,

        @Mixin StaticTaskArgs data,
        @Mixin OnboardingArgs onboarding,
        @Mixin ScreeningArgs screening,
        @Mixin GoldArgs golds) {}
