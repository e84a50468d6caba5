package org.mephisto.architect.local;

import java.util.Map;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.testkit.ArchitectContract;

final class LocalArchitectContractTest extends ArchitectContract {
    @Override
    protected ArchitectFactory factory() {
        return new LocalArchitectFactory();
    }

    @Override
    protected Map<String, ?> options() {
        return Map.of("port", 0);
    }
}
