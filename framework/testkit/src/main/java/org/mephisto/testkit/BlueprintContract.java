package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mephisto.config.bind.OptionDescription;
import org.mephisto.operator.RunEnd;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.testkit.SimulatedWorker.Answer;

/** What every blueprint whose units run alone must keep. Extend it, and say how a run of yours looks. */
public abstract class BlueprintContract {
    /** The factory under test. */
    protected abstract BlueprintFactory factory();

    /** A run with exactly two units, of one assignment each. */
    protected abstract TestRun.Builder twoUnits();

    /** What a careful worker's page submits. */
    protected abstract Map<String, ?> goodSubmission();

    @Test
    void theTypeIsAPlainNameAndTheFactoryCanBeMadeByAServiceLoader() throws Exception {
        assertThat(factory().type()).matches("[a-z][a-z0-9_-]*");
        assertThat(factory().getClass().getConstructor()).isNotNull();
        assertThat(factory().description()).isNotBlank();
    }

    @Test
    void everyOptionSaysWhatItIsFor() {
        List<OptionDescription> options = OptionDescription.of(factory().configType());

        assertThat(options)
                .allSatisfy(option -> assertThat(option.help()).as(option.key()).isNotBlank());
    }

    @Test
    void thePageIsServed() throws Exception {
        try (TestRun run = twoUnits().start()) {
            Answer page = run.worker("ann").get("");
            Answer config = run.worker("ann").get("task_config.json");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("<");
            assertThat(config.status()).isEqualTo(200);
            assertThat(config.json().isObject()).isTrue();
        }
    }

    @Test
    void goodWorkIsCompletedWithoutAFlag() throws Exception {
        try (TestRun run = twoUnits().start()) {
            run.worker("ann").register().submit(goodSubmission());
            run.worker("bob").register().submit(goodSubmission());

            RunEnd end = run.awaitEnd();

            assertThat(end).isEqualTo(RunEnd.COMPLETED);
            assertThat(run.rows()).hasSize(2).allSatisfy(row -> {
                assertThat(row.path("status").asText()).isEqualTo("completed");
                assertThat(row.path("flags")).isEmpty();
                assertThat(row.path("inputs").isNull()).isFalse();
                assertThat(row.path("outputs").isNull()).isFalse();
            });
        }
    }

    @Test
    void aReloadedPageShowsTheSame() throws Exception {
        try (TestRun run = twoUnits().start()) {
            SimulatedAgent before = run.worker("ann").register("visit");
            SimulatedAgent after = run.worker("ann").register("visit");

            assertThat(after.agentId()).isEqualTo(before.agentId());
            assertThat(withoutPast(after)).isEqualTo(withoutPast(before));
        }
    }

    /** What has passed meanwhile between a live page and the code comes on top. */
    private static JsonNode withoutPast(SimulatedAgent agent) {
        JsonNode data = agent.initTaskData().deepCopy();
        return data instanceof ObjectNode object ? object.without("past_live_updates") : data;
    }

    @Test
    void whateverAPageSubmitsIsKept() throws Exception {
        try (TestRun run = twoUnits().start()) {
            run.worker("ann").register().submit(Map.of());
            run.worker("bob").register().submit(Map.of("unexpected", List.of(Map.of("deep", List.of(1, "two", true)))));

            run.awaitEnd();

            List<ObjectNode> rows = run.rows();
            assertThat(rows).allMatch(row -> row.path("status").asText().equals("completed"));
            assertThat(rows.get(1).path("outputs").toString()).contains("deep");
        }
    }
}
