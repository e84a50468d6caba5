package org.mephisto.supervisor.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.cli.RouterProcess;
import org.mephisto.router.TestSocket;

/** A router's process is killed in mid-conversation and started again at its address. */
@Timeout(120)
class KilledRouterTest {
    private static final String SECRET = "the-secret-of-this-test";
    private static final int UPDATES = 300;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Recorder listener = new Recorder();
    private final Set<String> acknowledged = new HashSet<>();

    @AfterEach
    void stop() throws Exception {
        client.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void whatAPageWasToldHadArrivedHasAndTheRestComesWhenItSaysItAgain() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("build"));
        RouterProcess first = RouterProcess.start(folder, 0, SECRET);
        try (WebSocketChannel channel = new WebSocketChannel(vertx, first.url(), SECRET, 1_000)) {
            channel.open(listener);
            TestSocket page = page(first);
            for (int n = 0; n < UPDATES; n++) {
                say(page, n);
            }
            awaitAcknowledged(page, 1);
            first.kill();
            List<String> arrivedBefore = new ArrayList<>(acknowledged);

            try (RouterProcess second = RouterProcess.start(folder, first.url().getPort(), SECRET)) {
                TestSocket again = page(second);
                for (int n = 0; n < UPDATES; n++) {
                    if (!acknowledged.contains(id(n))) {
                        say(again, n);
                    }
                }
                awaitAcknowledged(again, UPDATES);
            }

            // The page may repeat what had arrived when its acknowledgement was lost; the inbox knows it by its id.
            Set<String> once = new LinkedHashSet<>();
            listener.rest()
                    .forEach(
                            packet -> once.add(packet.data().string("update_id").orElseThrow()));
            assertThat(once)
                    .containsExactlyElementsOf(IntStream.range(0, UPDATES)
                            .mapToObj(KilledRouterTest::id)
                            .toList());
            assertThat(arrivedBefore)
                    .isNotEmpty()
                    .allSatisfy(id -> assertThat(listener.rest())
                            .filteredOn(packet -> packet.data()
                                    .string("update_id")
                                    .orElseThrow()
                                    .equals(id))
                            .hasSize(1));
        } finally {
            first.close();
        }
    }

    private TestSocket page(RouterProcess router) throws Exception {
        return TestSocket.open(client, router.url(), "").sendPacket("alive", "agent-1", "{\"acknowledge\":true}");
    }

    private static String id(int n) {
        return "u" + n;
    }

    private static void say(TestSocket page, int n) throws Exception {
        page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"update_id\":\"" + id(n) + "\"}");
    }

    private void awaitAcknowledged(TestSocket page, int count) throws InterruptedException {
        while (acknowledged.size() < count) {
            JsonNode packet = page.next();
            packet.at("/data/update_ids").forEach(id -> acknowledged.add(id.asText()));
        }
    }
}
