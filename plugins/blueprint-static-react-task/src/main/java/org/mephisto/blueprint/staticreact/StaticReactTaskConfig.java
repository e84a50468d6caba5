package org.mephisto.blueprint.staticreact;

import java.nio.file.Path;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.ScreeningArgs;
import org.mephisto.spi.blueprint.StaticTaskArgs;
import org.mephisto.spi.config.Mixin;
import org.mephisto.spi.config.Option;

/** Options under {@code mephisto.blueprint}. */
record StaticReactTaskConfig(
        @Option(help = "The page's JavaScript bundle.") Path taskSource,

        @Option(
                help =
                        "Whether the bundle is linked, so that a new build shows at once; only with the architect local.",
                defaultValue = "false")
        boolean linkTaskSource,

        @Mixin StaticTaskArgs data,
        @Mixin OnboardingArgs onboarding,
        @Mixin ScreeningArgs screening,
        @Mixin GoldArgs golds) {}
