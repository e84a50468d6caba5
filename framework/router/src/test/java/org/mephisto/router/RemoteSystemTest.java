package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The system side as any program can be it: one WebSocket with JSON packets. */
@Timeout(60)
class RemoteSystemTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    Path directory;

    private RouterFixture router;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.withoutSystem(directory, options -> options);
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    private TestSocket system() throws Exception {
        return TestSocket.open(
                router.client, router.router.url(), "", "Authorization", "Bearer " + RouterFixture.SECRET);
    }

    private CompletableFuture<HttpResponse<String>> posting(String path, String body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return router.post(path, body);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'', Authorization, Bearer wrong-secret, 403",
        "'?secret=wrong', X-Nothing, x, 403",
        "'?secret=', X-Nothing, x, 403",
        "'?secret=%25', X-Nothing, x, 403",
        "'elsewhere', X-Nothing, x, 404"
    })
    void aConnectionThatMayNotBeIsRefused(String query, String header, String value, int status) {
        assertThatThrownBy(() -> TestSocket.open(router.client, router.router.url(), query, header, value))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
    }

    @Test
    void whileTheSystemIsInTheProcessNoOtherMayConnect() {
        router.router.channel().open(router.system);

        assertThatThrownBy(this::system)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(409));
    }

    @Test
    void aRegistrationGoesThereAndBack() throws Exception {
        TestSocket system = TestSocket.open(router.client, router.router.url(), "?secret=" + RouterFixture.SECRET);
        CompletableFuture<HttpResponse<String>> answer =
                posting("/request_agent", "{\"provider_data\":{\"worker_name\":\"w\"},\"client_timestamp\":5}");

        JsonNode asked = system.next();
        system.sendPacket(
                "agent_details",
                "mephisto",
                "{\"request_id\":" + asked.at("/data/request_id") + ",\"agent_id\":\"a1\"}");

        assertThat(asked.path("packet_type").asText()).isEqualTo("register_agent");
        assertThat(asked.path("client_timestamp").asDouble()).isEqualTo(5);
        assertThat(asked.path("router_outgoing_timestamp").isNumber()).isTrue();
        assertThat(RouterFixture.json(answer.get(10, TimeUnit.SECONDS))
                        .at("/data/agent_id")
                        .asText())
                .isEqualTo("a1");
    }

    @Test
    void aSystemThatGoesAwayEndsTheRequestsThatWait() throws Exception {
        TestSocket system = system();
        CompletableFuture<HttpResponse<String>> answer = posting("/request_agent", "{\"provider_data\":{}}");
        system.next();

        system.close();

        assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    }

    @Test
    void aSecondSystemReplacesTheFirst() throws Exception {
        TestSocket first = system();
        TestSocket second = system();
        assertThat(first.closeCode()).isEqualTo(1000);

        CompletableFuture<HttpResponse<String>> answer = posting("/request_agent", "{\"provider_data\":{}}");

        assertThat(second.next().path("packet_type").asText()).isEqualTo("register_agent");
        second.close();
        assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    }

    @Test
    void garbageOfTheSystemIsDropped() throws Exception {
        TestSocket system = system();

        system.send("garbage");
        system.send("{\"packet_type\":\"submit_unit\"}");
        system.send("{\"packet_type\":\"acknowledge\",\"data\":{\"request_id\":\"unknown\"}}");
        system.send("{\"packet_type\":\"agent_details\",\"data\":{\"agent_id\":5}}");
        system.sendPacket("request_statuses", "mephisto", "{}");

        assertThat(system.next().path("packet_type").asText()).isEqualTo("return_statuses");
    }

    @Test
    void aForeignSystemIsNeverSentWhatItDoesNotKnow() throws Exception {
        TestSocket system = system();
        TestSocket page = router.socket();

        page.sendPacket("alive", "agent-9", "{}");
        assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();
        system.sendPacket("request_statuses", "mephisto", "{}");

        assertThat(system.next().path("packet_type").asText()).isEqualTo("return_statuses");
    }

    @Test
    void withoutASecretOnlyALocalProgramMaySpeakAsTheSystemAndOnlyWhenAllowed() throws Exception {
        try (RouterFixture open =
                RouterFixture.withoutSystem(directory.resolve("open"), RouterOptions::allowingNoSecretOnLoopback)) {
            TestSocket system = TestSocket.open(open.client, open.router.url(), "");

            system.sendPacket("alive", "mephisto", "{}");
            system.sendPacket("request_statuses", "mephisto", "{}");

            assertThat(system.next().path("packet_type").asText()).isEqualTo("return_statuses");
            // Such a program shows none when it asks for an uploaded file either; a wrong one is still wrong.
            assertThat(open.get("/download_file/nothing.txt").statusCode()).isEqualTo(404);
            assertThat(open.get("/download_file/nothing.txt?secret=guess").statusCode())
                    .isEqualTo(403);
        }
    }
}
