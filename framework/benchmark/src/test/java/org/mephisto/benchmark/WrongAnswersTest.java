package org.mephisto.benchmark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.error.MephistoException;

/** A load generator whose server does not do what is asked of it: no benchmark may count that as an answer. */
@SuppressWarnings("NullAway.Init")
final class WrongAnswersTest {
    private static LoadGeneratorClient load;
    private static Echo echo;

    @BeforeAll
    static void start() {
        load = LoadGeneratorClient.start(2);
        echo = Echo.start(load);
    }

    @AfterAll
    static void stop() {
        echo.close();
        load.close();
    }

    @AfterEach
    void startAfresh() {
        load.closePages(Echo.NAME);
        echo.echoToPages();
    }

    @Test
    void aWrongAnswerEndsTheBenchmarkWithWhatItSaid() {
        echo.answerWith("{\"data\":{\"agent_id\":null,\"failure_reason\":\"No units left.\"}}");

        assertThatThrownBy(() -> load.register(Echo.NAME, 10, 1))
                .isInstanceOf(MephistoException.class)
                .hasMessageContaining("status 200")
                .hasMessageContaining("No units left.");
    }

    /** A server whose pages get the same packet whatever they say. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"packet_type\":\"client_bound_live_update\",\"data\":{\"echo\":{\"n\":7}}} | \"n\":7",
                "{\"packet_type\":\"update_status\",\"data\":{\"status\":\"disconnect\"}}     | disconnect",
                "{\"packet_type\":\"update_status\",\"data\":{\"status\":\"in task\"}}        | never answered",
            })
    void whatPagesAreToldInPlaceOfAnAnswerEndsTheBenchmark(String packet, String problem) {
        echo.answerWith("{\"data\":{\"agent_id\":\"1-a\"}}");
        load.prepareEach(Echo.NAME, 2);
        load.openPages(Echo.NAME);
        echo.sayToPages(packet);

        assertThatThrownBy(() -> load.talk(Echo.NAME, Talk.flood(2, 1, 0.1)))
                .isInstanceOf(MephistoException.class)
                .hasMessageContaining(problem);
    }
}
