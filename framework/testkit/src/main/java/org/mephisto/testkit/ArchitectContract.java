package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.architect.ArchitectFactory;

/** What every architect must keep. Extend it, and give options with which two runs at once do not meet. */
public abstract class ArchitectContract {
    protected abstract ArchitectFactory factory();

    /** Options for a router on this machine, such as any free port. */
    protected abstract Map<String, ?> options();

    private TestRun.Builder run() {
        return TestRun.of(new CountingBlueprintFactory())
                .blueprintOption("assignments", 1)
                .architect(factory(), options());
    }

    @Test
    void workersGetTheirPageAndTheirUnit() throws Exception {
        try (TestRun run = run().start()) {
            String page = run.worker("ann").get("").body();
            SimulatedAgent agent = run.worker("ann").register();
            agent.submit(Map.of("label", "good"));
            run.awaitEnd();

            assertThat(page).contains("Count");
            assertThat(run.rows().getFirst().at("/outputs/label").asText()).isEqualTo("good");
        }
    }

    @Test
    void twoRunsAtOnceDoNotMeet() throws Exception {
        try (TestRun one = run().start();
                TestRun other = run().start()) {
            SimulatedAgent agent = one.worker("ann").register();

            assertThat(one.url()).isNotEqualTo(other.url());
            assertThat(agent.hasUnit()).isTrue();
            assertThat(other.progress().launched()).isEqualTo(1);
        }
    }

    @Test
    void afterTheEndNobodyListensAnyMore() throws Exception {
        URI url;
        try (TestRun run = run().start()) {
            url = run.url();
        }

        assertThatThrownBy(() -> new Socket(url.getHost(), url.getPort()).close())
                .isInstanceOf(java.net.ConnectException.class);
    }
}
