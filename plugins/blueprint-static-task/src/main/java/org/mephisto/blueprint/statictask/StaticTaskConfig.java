package org.mephisto.blueprint.statictask;

import java.nio.file.Path;
import java.util.Optional;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.ScreeningArgs;
import org.mephisto.spi.blueprint.StaticTaskArgs;
import org.mephisto.spi.config.Mixin;
import org.mephisto.spi.config.Option;

/** Options under {@code mephisto.blueprint}. */
record StaticTaskConfig(
        @Option(help = "The HTML template, a fragment that stands inside a form; ${field} becomes the field's value.")
        Path taskSource,

        @Option(help = "The HTML that people see before they accept. Absent: the task itself.")
        Optional<Path> previewSource,

        @Option(help = "The HTML template of the onboarding; needed with onboarding_qualification.")
        Optional<Path> onboardingSource,

        @Option(
                help =
                        "Whether values are escaped before they go into the template. Set it unless your data hold HTML that you trust.",
                defaultValue = "false")
        boolean escapeHtml,

        @Mixin StaticTaskArgs data,
        @Mixin OnboardingArgs onboarding,
        @Mixin ScreeningArgs screening,
        @Mixin GoldArgs golds) {}
