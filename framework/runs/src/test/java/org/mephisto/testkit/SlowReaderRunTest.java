package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.router.TestSocket;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.json.JsonValue;

/** A page that does not read while it is told much more than may wait for it. */
@Timeout(120)
class SlowReaderRunTest {
    private static final int UPDATES = 400;

    private final CountDownLatch said = new CountDownLatch(1);
    private final LiveBlueprintFactory talkative = LiveBlueprintFactory.alone(session -> {
        String text = "x".repeat(100_000);
        session.agent().act(Duration.ofSeconds(30));
        for (int n = 0; n < UPDATES; n++) {
            session.agent().observe(JsonValue.of(Map.of("n", n, "text", text)));
        }
        said.countDown();
        session.awaitSubmit();
        return UnitOutcome.completed();
    });

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPageThatWasSentAwayForReadingTooSlowlyGetsAllOfItInOrder(boolean isRouterAlone) throws Exception {
        TestRun.Builder builder = TestRun.of(talkative);
        if (isRouterAlone) {
            builder.architect(new RemoteArchitectFactory(), Map.of());
        }
        try (HttpClient client = HttpClient.newHttpClient();
                TestRun run = builder.start()) {
            String agentId = run.worker("ann").register().agentId();
            beSentAway(run, client, agentId);

            TestSocket page = TestSocket.open(client, run.url(), "").sendPacket("alive", agentId, "{}");

            int last = -1;
            while (last < UPDATES - 1) {
                int n = page.nextOf("client_bound_live_update").at("/data/n").asInt();
                assertThat(n).isLessThanOrEqualTo(last + 1);
                last = Math.max(last, n);
            }
        }
    }

    private void beSentAway(TestRun run, HttpClient client, String agentId) throws Exception {
        TestSocket page = TestSocket.open(client, run.url(), "").sendPacket("alive", agentId, "{}");
        page.nextOf("update_status");
        page.stopReading();
        page.sendPacket("mephisto_bound_live_update", agentId, "{\"text\":\"go\"}");
        assertThat(said.await(30, TimeUnit.SECONDS)).isTrue();
        // The router tells this one after all that was said to the page.
        run.worker("bob").register();
        page.readOn();
        assertThat(page.closeCode()).isEqualTo(1013);
    }
}
