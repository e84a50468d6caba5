package org.mephisto.provider.inhouse;

import org.mephisto.spi.config.Option;

/** Settings under {@code mephisto.provider} of the type {@code inhouse}. */
record InhouseProviderConfig(
        @Option(
                help =
                        "Where your people's browsers find the task, for the links they get. Left as it is, it stands for the"
                                + " address that the architect gives.",
                defaultValue = InhouseProviderConfig.DEFAULT_UI_BASE_URL)
        String uiBaseUrl) {
    static final String DEFAULT_UI_BASE_URL = "http://localhost:3000";
}
