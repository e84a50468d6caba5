package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.testkit.SimulatedWorker.Answer;

/** What every crowd provider must keep. Extend it, and say how its script introduces a worker if it does so in its own way. */
public abstract class CrowdProviderContract {
    protected abstract CrowdProviderFactory factory();

    /** What stands under {@code mephisto.provider}; here nothing. */
    protected Map<String, ?> options() {
        return Map.of();
    }

    /** What the page sends as {@code provider_data} for this person at this visit; here what the scripts of our own providers make. */
    protected ObjectNode providerData(String workerName, String visitId) {
        return Json.object()
                .put("worker_name", workerName)
                .put("assignment_id", visitId)
                .put("agent_registration_id", visitId + "-" + workerName)
                .put("provider_type", factory().type());
    }

    private TestRun.Builder run() {
        return TestRun.of(new CountingBlueprintFactory())
                .blueprintOption("assignments", 3)
                .provider(factory(), options());
    }

    @Test
    void theScriptGivesThePageWhatItCalls() throws Exception {
        try (TestRun run = run().start()) {
            Answer script = run.worker("ann").get("wrap_crowd_source.js");

            assertThat(script.status()).isEqualTo(200);
            assertThat(script.body())
                    .contains(
                            "getWorkerName",
                            "getAssignmentId",
                            "getAgentRegistration",
                            "handleSubmitToProvider",
                            "_MEPHISTO_CONFIG_");
        }
    }

    @Test
    void theSamePersonIsTheSameWorkerAtEachVisit() throws Exception {
        try (TestRun run = run().start()) {
            for (String visit : new String[] {"one", "two", "three"}) {
                run.worker("ann").register(providerData("ann", visit)).submit(Map.of());
            }
            run.awaitEnd();

            assertThat(run.rows())
                    .extracting(row -> row.path("worker_name").asText())
                    .containsOnly("ann");
            assertThat(run.rows())
                    .extracting(row -> row.path("worker_id").asLong())
                    .containsOnly(1L);
        }
    }

    @Test
    void aVisitWithoutAPersonIsRefusedInAPlainSentence() throws Exception {
        try (TestRun run = run().start()) {
            SimulatedAgent nobody = run.worker("?").register(Json.object());

            assertThat(nobody.hasUnit()).isFalse();
            assertThat(nobody.failureReason().orElseThrow()).endsWith(".");
            assertThat(run.progress().inWork()).isZero();
        }
    }

    @Test
    void aWorkersLinkLeadsToThePage() throws Exception {
        try (TestRun run = run().start()) {
            String link = run.run().workerUrl("ann b&c", "visit 1").toString();

            assertThat(link).startsWith("http").doesNotContain(" ").doesNotContain("b&c");
        }
    }
}
