package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.json.JsonValue;

/** Blueprint code that computes and never waits, over real sockets. */
@Timeout(120)
class EndlessCodeTest {
    @Test
    void codeThatComputesWithoutEndHurtsOnlyItsOwnUnits() throws Exception {
        int stuck = Runtime.getRuntime().availableProcessors() + 2;
        AtomicBoolean isOver = new AtomicBoolean();
        LiveBlueprintFactory computing = LiveBlueprintFactory.alone(session -> {
            // The page of each has made sure before that its code is quick, and so perhaps on the event loop's thread.
            for (int i = 0; i < 50; i++) {
                LiveUpdate said = session.agent().act(Duration.ofSeconds(30));
                session.agent()
                        .observe(JsonValue.of(
                                Map.of("echo", said.data().string("text").orElse(""))));
            }
            while (session.agent().worker().name().startsWith("stuck") && !isOver.get()) {
                Thread.onSpinWait();
            }
            return LiveBlueprintFactory.echo(session);
        });
        try (TestRun run =
                TestRun.of(computing).blueprintOption("assignments", stuck + 1).start()) {
            for (int i = 0; i < stuck; i++) {
                talk(run.worker("stuck-" + i).register().openPage());
            }
            SimulatedPage page = run.worker("ann").register().openPage();
            talk(page);

            page.sendLiveUpdate(Map.of("text", "hello"));

            assertThat(page.awaitLiveUpdate().path("echo").asText()).isEqualTo("hello");
        } finally {
            isOver.set(true);
        }
    }

    private static void talk(SimulatedPage page) throws Exception {
        for (int i = 0; i < 50; i++) {
            String text = "turn " + i;
            page.sendLiveUpdate(Map.of("text", text));
            assertThat(page.awaitLiveUpdate().path("echo").asText()).isEqualTo(text);
        }
    }
}
