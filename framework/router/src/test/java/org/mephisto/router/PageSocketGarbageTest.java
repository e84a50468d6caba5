package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page must not send: each has its outcome, and no other page notices. */
@Timeout(60)
class PageSocketGarbageTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    Path directory;

    private RouterFixture router;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.start(directory);
        router.register();
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{}",
                "{\"packet_type\":5}",
                "{\"packet_type\":\"no_such_type\"}",
                "{\"packet_type\":\"alive\",\"subject_id\":{}}",
                "{\"packet_type\":\"alive\",\"client_timestamp\":\"soon\"}",
                "{\"packet_type\":\"mephisto_bound_live_update\",\"subject_id\":\"agent-1\",\"data\":\"hi\"}",
                "{\"packet_type\":\"log_error\",\"subject_id\":\"agent-1\",\"data\":[]}",
                "{\"packet_type\":\"alive\""
            })
    void garbageIsDroppedAndTheSocketLives(String garbage) throws Exception {
        TestSocket page = router.socket().send(garbage);

        assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();
        assertThat(router.system.rest()).isEmpty();
    }

    @Test
    void garbageWithoutEndClosesItsSocketAlone() throws Exception {
        TestSocket other = router.socket();
        TestSocket page = router.socket();

        for (int i = 0; i < 101; i++) {
            page.send("garbage");
        }

        assertThat(page.closeCode()).isEqualTo(1008);
        assertThat(other.hasNothingBeforeTheNextHeartbeat()).isTrue();
    }

    @Test
    void aBinaryFrameClosesItsSocketAlone() throws Exception {
        TestSocket other = router.socket();
        TestSocket page = router.socket();

        page.sendBinary(new byte[] {1, 2, 3});

        assertThat(page.closeCode()).isEqualTo(1003);
        assertThat(other.hasNothingBeforeTheNextHeartbeat()).isTrue();
    }

    @Test
    void anOversizeMessageClosesItsSocketAlone() throws Exception {
        TestSocket other = router.socket();
        TestSocket page = router.socket();

        page.sendInTwo(" ".repeat(1_500_000));

        assertThat(page.closeCode()).isEqualTo(1009);
        assertThat(other.hasNothingBeforeTheNextHeartbeat()).isTrue();
    }

    @Test
    void anOversizeMessageThatGoesOnAndOnClosesItsSocketAlone() throws Exception {
        TestSocket other = router.socket();
        TestSocket page = router.socket();

        page.sendUnchecked(" ".repeat(3_000_000));

        assertThat(page.closeCode()).isEqualTo(1009);
        assertThat(other.hasNothingBeforeTheNextHeartbeat()).isTrue();
    }
}
