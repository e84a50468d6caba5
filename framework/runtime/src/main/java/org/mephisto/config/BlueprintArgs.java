package org.mephisto.config;

import java.nio.file.Path;
import java.util.Optional;
import org.mephisto.spi.config.Option;

/** The keys under {@code mephisto.blueprint} that all blueprints have. */
public record BlueprintArgs(
        @Option(help = "Workers who hold this qualification are kept out.")
        Optional<String> blockQualification,

        @Option(
                help = "A CSV file of tips for workers, with the columns header and text; need not exist.",
                defaultValue = "${task_dir}/assets/tips.csv")
        Path tipsLocation) {}
