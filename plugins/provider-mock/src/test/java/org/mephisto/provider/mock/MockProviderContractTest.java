package org.mephisto.provider.mock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.testkit.CrowdProviderContract;

final class MockProviderContractTest extends CrowdProviderContract {
    @Override
    protected CrowdProviderFactory factory() {
        return new MockProviderFactory();
    }

    @Override
    protected Map<String, ?> options() {
        return Map.of();
    }

    @Override
    protected ObjectNode providerData(String workerName, String visitId) {
        return Json.object()
                .put("worker_name", workerName)
                .put("assignment_id", visitId)
                .put("agent_registration_id", visitId + "-" + workerName)
                .put("provider_type", "mock");
    }
}
