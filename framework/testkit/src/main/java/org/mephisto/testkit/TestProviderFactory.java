package org.mephisto.testkit;

import java.net.URI;
import java.util.Optional;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.CrowdProviderContext;
import org.mephisto.spi.provider.CrowdProviderFactory;

/** The crowd provider {@code test}: workers are who they say they are. */
final class TestProviderFactory implements CrowdProviderFactory {
    static final String TYPE = "test";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Class<? extends Record> configType() {
        return TestArchitectFactory.NoOptions.class;
    }

    @Override
    public Class<? extends Record> requesterType() {
        return TestArchitectFactory.NoOptions.class;
    }

    @Override
    public Optional<String> defaultRequester() {
        return Optional.of("TEST_REQUESTER");
    }

    @Override
    public CrowdProvider create(CrowdProviderContext context) {
        return new TestProvider();
    }

    private static final class TestProvider implements CrowdProvider {
        @Override
        public String workerName(JsonValue providerData) {
            String name = providerData.node().path("worker_name").asText("");
            if (name.isEmpty()) {
                throw new MephistoException(ErrorCode.INVALID_INPUT, "The visit names no worker.");
            }
            return name;
        }

        @Override
        public String wrapCrowdSource() {
            return "// simulated workers need no script\n";
        }

        @Override
        public URI workerUrl(URI taskUrl, String workerName, String visitId) {
            return taskUrl;
        }
    }
}
