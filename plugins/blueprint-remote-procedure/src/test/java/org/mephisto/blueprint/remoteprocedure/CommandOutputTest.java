package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mephisto.testkit.TestRun;
import org.slf4j.LoggerFactory;

/** Programs that write what they should not. */
final class CommandOutputTest extends CommandFunctionFixture {
    private static final Map<String, ?> WITHOUT_RETRIES = Map.of("retries", 0);
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(CommandProcess.class);

    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel() == Level.WARN) {
                warnings.add(event.getFormattedMessage());
            }
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        LOGGER.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        LOGGER.detachAppender(appender);
    }

    @Test
    void aProgramThatWritesALineWithoutEndIsStoppedItsCallsFailAndTheNextStartsItAnew() throws Exception {
        try (TestRun run = run(WITHOUT_RETRIES);
                CallingPage page = CallingPage.of(run, "ann")) {
            String held = page.send("model", tell("hold"));
            page.call("model", 1);

            JsonNode error = page.callInVain("model", tell("write without end"));
            JsonNode owed = CallingPage.error(page.answer(held));
            JsonNode later = page.call("model", 2);

            assertThat(error.path("code").asText()).isEqualTo("PLUGIN_FAILED");
            assertThat(error.path("message").asText()).contains("\"model\"", "1 MiB");
            assertThat(owed).isEqualTo(error);
            assertThat(later.path("args").intValue()).isEqualTo(2);
            assertThat(task.resolve("program.log")).hasContent("begun\nbegun");
            assertThat(warnings).singleElement().asString().contains("model", "1048576 bytes");
        }
    }

    @Test
    void ofLinesThatAreNoAnswerTheFirstIsWarnedOfWithItsBeginning() throws Exception {
        try (TestRun run = run(WITHOUT_RETRIES);
                CallingPage page = CallingPage.of(run, "ann")) {
            page.call("model", tell("babble"));
            page.call("model", tell("babble"));

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("model", "epoch 0 ====")
                    .hasSizeLessThan(400);
        }
    }

    @Test
    void aProgramThatIsStartedAnewIsWarnedOfAnew() throws Exception {
        try (TestRun run = run(WITHOUT_RETRIES);
                CallingPage page = CallingPage.of(run, "ann")) {
            page.call("model", tell("babble"));
            page.callInVain("model", tell("die"));
            page.call("model", tell("babble"));

            assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("epoch 0"));
        }
    }
}
