package org.mephisto.provider.inhouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Worker;
import org.mephisto.spi.provider.BlocksWorkers;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.ProviderStore;
import org.mephisto.spi.provider.WorkerLink;

/**
 * Your own people. Everybody who ever came has a row in the table {@code workers}: {@code {worker_id, is_blocked, reason}}. Thread-safe.
 */
final class InhouseProvider implements CrowdProvider, BlocksWorkers {
    private static final WorkerLink LINK = new WorkerLink("inhouse", "worker_id", "id");
    private static final String WORKERS = "workers";

    private final Optional<URI> uiBaseUrl;
    private final ProviderStore store;
    /** Names whose row is known to be there, so that only a worker's first registration writes. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** @param uiBaseUrl what links are built on; empty for the architect's address */
    InhouseProvider(Optional<URI> uiBaseUrl, ProviderStore store) {
        this.uiBaseUrl = uiBaseUrl;
        this.store = store;
    }

    @Override
    public String workerName(JsonValue providerData) {
        String name = LINK.workerName(providerData);
        if (!known.contains(name)) {
            store.putIfAbsent(WORKERS, name, row(name, false, ""));
            known.add(name);
        }
        return name;
    }

    @Override
    public String wrapCrowdSource() {
        return LINK.script();
    }

    @Override
    public URI workerUrl(URI taskUrl, String workerName, String visitId) {
        return LINK.url(uiBaseUrl.orElse(taskUrl), workerName, visitId);
    }

    @Override
    public void blockWorker(Worker worker, String reason) {
        store.put(WORKERS, worker.name(), row(worker.name(), true, reason));
    }

    @Override
    public void unblockWorker(Worker worker, String reason) {
        store.put(WORKERS, worker.name(), row(worker.name(), false, reason));
    }

    @Override
    public boolean isBlocked(Worker worker) {
        return store.find(WORKERS, worker.name())
                .map(JsonValue::object)
                .map(row -> row.get("is_blocked"))
                .map(JsonNode::asBoolean)
                .orElse(false);
    }

    private static JsonValue row(String name, boolean blocked, String reason) {
        ObjectNode row = Json.object();
        row.put("worker_id", name).put("is_blocked", blocked).put("reason", reason);
        return JsonValue.of((JsonNode) row);
    }
}
