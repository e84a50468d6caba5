package org.mephisto.provider.mock;

import java.util.Optional;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.CrowdProviderContext;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.pf4j.Extension;

/** Makes providers of the type {@code mock}. */
@Extension
public final class MockProviderFactory implements CrowdProviderFactory {
    @Override
    public String type() {
        return "mock";
    }

    @Override
    public String description() {
        return "Workers named in the link, for trying tasks out: nobody is recruited, nobody is paid.";
    }

    @Override
    public Class<? extends Record> configType() {
        return MockProviderConfig.class;
    }

    @Override
    public Class<? extends Record> requesterType() {
        return MockRequester.class;
    }

    @Override
    public Optional<String> defaultRequester() {
        return Optional.of("MOCK_REQUESTER");
    }

    @Override
    public CrowdProvider create(CrowdProviderContext context) {
        return new MockProvider(context.requester(), context.credentials(MockRequester.class));
    }
}
