package org.mephisto.config;

import java.util.Optional;
import org.mephisto.spi.config.Option;

/** The keys under {@code mephisto.provider} that all providers have. */
public record ProviderArgs(
        @Option(help = "The requester, as registered. Absent: the provider's own default, or the one registered last.")
        Optional<String> requesterName) {}
