package org.mephisto.provider.mock;

import org.mephisto.spi.config.Option;

/** What {@code mephisto register mock} asks for. */
record MockRequester(
        @Option(help = "Lets every launch fail at the provider, to see what happens then.", defaultValue = "false")
        boolean forceFail) {}
