package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.AgentDisconnectedException;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/** Live work whose router is elsewhere, and is restarted in mid-conversation. */
@Timeout(120)
class RemoteRouterRunTest {
    private static final int ROUNDS = 4;
    private static final int UPDATES_A_ROUND = 25;
    private static final int ALL = ROUNDS * UPDATES_A_ROUND;

    private final List<Integer> given = new CopyOnWriteArrayList<>();

    /** Says every update's number back, and after the last takes the submission. */
    private final LiveBlueprintFactory counting = LiveBlueprintFactory.alone(session -> {
        int last = -1;
        while (last < ALL - 1) {
            last = session.agent()
                    .act(Duration.ofSeconds(60))
                    .data()
                    .node()
                    .path("n")
                    .asInt();
            given.add(last);
            session.agent().observe(JsonValue.of(Map.of("echo", last)));
        }
        session.awaitSubmit();
        return UnitOutcome.completed();
    });

    @Test
    void aRouterThatIsRestartedLosesNothingAndRepeatsNothing() throws Exception {
        RemoteArchitectFactory remote = new RemoteArchitectFactory();
        try (TestRun run = TestRun.of(counting)
                .blueprintOption("assignments", 1)
                .architect(remote, Map.of())
                .start()) {
            SimulatedAgent agent = run.worker("ann").register();
            SimulatedPage page = agent.openPage();
            Map<String, Integer> unacknowledged = new LinkedHashMap<>();
            asksForAcknowledgements(page);

            for (int n = 0; n < ALL; n++) {
                unacknowledged.put("u" + n, n);
                say(page, n);
                if (n % UPDATES_A_ROUND == UPDATES_A_ROUND - 1) {
                    remote.restartRouter();
                    page.reconnect();
                    asksForAcknowledgements(page);
                    forgetAcknowledged(page, unacknowledged);
                    unacknowledged.values().forEach(again -> say(page, again));
                }
            }

            assertThat(echoes(page)).containsExactlyElementsOf(range());
            assertThat(given).containsExactlyElementsOf(range());
            while (!unacknowledged.isEmpty()) {
                page.awaitPacket("acknowledge")
                        .at("/data/update_ids")
                        .forEach(id -> unacknowledged.remove(id.asText()));
            }
            agent.submit(Map.of("done", true));
            run.awaitEnd();
            assertThat(run.rows())
                    .hasSize(1)
                    .first()
                    .satisfies(row -> assertThat(row.path("status").asText()).isEqualTo("completed"));
        }
    }

    @Test
    void aPageThatDoesNotComeBackToANewRouterIsFoundGone() throws Exception {
        BlockingQueue<AbsentAgentException> raised = new LinkedBlockingQueue<>();
        LiveBlueprintFactory waiting = LiveBlueprintFactory.alone(session -> {
            try {
                return LiveBlueprintFactory.echo(session);
            } catch (AbsentAgentException e) {
                raised.add(e);
                throw e;
            }
        });
        RemoteArchitectFactory remote = new RemoteArchitectFactory(Duration.ofSeconds(1));
        try (TestRun run = TestRun.of(waiting).architect(remote, Map.of()).start()) {
            run.worker("ann").register().openPage().heartbeat();

            remote.restartRouter();

            assertThat(raised.poll(20, TimeUnit.SECONDS)).isInstanceOf(AgentDisconnectedException.class);
        }
    }

    private static void asksForAcknowledgements(SimulatedPage page) {
        page.sendPacket("alive", Json.object().put("update_id", "alive").put("acknowledge", true));
    }

    private static void say(SimulatedPage page, int n) {
        page.sendLiveUpdate(Map.of("n", n, "update_id", "u" + n), 1000 + n);
    }

    private static void forgetAcknowledged(SimulatedPage page, Map<String, Integer> unacknowledged) {
        while (page.hasPacket("acknowledge")) {
            page.awaitPacket("acknowledge").at("/data/update_ids").forEach(id -> unacknowledged.remove(id.asText()));
        }
    }

    /** What a page shows: each update once. */
    private static List<Integer> echoes(SimulatedPage page) {
        Map<String, Integer> shown = new LinkedHashMap<>();
        while (shown.size() < ALL) {
            JsonNode update = page.awaitLiveUpdate();
            shown.putIfAbsent(
                    update.path("update_id").asText(), update.path("echo").asInt());
        }
        return new ArrayList<>(shown.values());
    }

    private static List<Integer> range() {
        return IntStream.range(0, ALL).boxed().toList();
    }
}
