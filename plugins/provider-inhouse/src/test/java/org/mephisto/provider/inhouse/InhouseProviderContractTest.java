package org.mephisto.provider.inhouse;

import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.testkit.CrowdProviderContract;

final class InhouseProviderContractTest extends CrowdProviderContract {
    @Override
    protected CrowdProviderFactory factory() {
        return new InhouseProviderFactory();
    }
}
