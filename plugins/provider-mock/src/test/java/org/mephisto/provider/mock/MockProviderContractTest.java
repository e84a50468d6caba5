package org.mephisto.provider.mock;

import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.testkit.CrowdProviderContract;

final class MockProviderContractTest extends CrowdProviderContract {
    @Override
    protected CrowdProviderFactory factory() {
        return new MockProviderFactory();
    }
}
