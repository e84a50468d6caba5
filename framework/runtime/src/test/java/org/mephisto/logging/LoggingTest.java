package org.mephisto.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

@Isolated("changes the levels of the whole process")
final class LoggingTest {
    private final List<String> lines = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void catchLines() {
        Logging.setConsole(lines::add);
    }

    @AfterEach
    void restore() {
        Logging.resetConsole();
        Logging.configure(LogLevel.INFO, Map.of());
    }

    @Test
    void logbackIsSetUpInCodeWithOneAppender() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).iteratorForAppenders();

        assertThat(appenders).toIterable().singleElement().isInstanceOf(ConsoleAppender.class);
    }

    @Test
    void aLineSaysWhenHowBadWhereAndInWhichRun() {
        Logging.configure(LogLevel.INFO, Map.of());

        Logging.inRun(12, () -> log("org.mephisto.supervisor.pool.WorkerPool").info("unit {} is taken", 5));
        log("com.example.Labels").warn("odd");

        assertThat(lines.get(0)).matches("\\d\\d:\\d\\d:\\d\\d INFO  supervisor \\[run 12] unit 5 is taken");
        assertThat(lines.get(1)).matches("\\d\\d:\\d\\d:\\d\\d WARN  Labels odd");
    }

    @Test
    void textFromOutsideMakesNoLineOfItsOwn() {
        log("org.mephisto.router.Router").info("name {}", "a\n12:00:00 ERROR store gone\u001b[2J\r");

        assertThat(lines).singleElement().asString().endsWith("name a\\n12:00:00 ERROR store gone\\u001b[2J\\r");
    }

    @Test
    void partsHaveTheirOwnLevels() {
        Logging.configure(LogLevel.WARN, Map.of("supervisor", LogLevel.DEBUG, "com.example", LogLevel.TRACE));

        assertThat(log("org.mephisto.supervisor.Supervisor").isDebugEnabled()).isTrue();
        assertThat(log("org.mephisto.supervisor.Supervisor").isTraceEnabled()).isFalse();
        assertThat(log("org.mephisto.store.Store").isInfoEnabled()).isFalse();
        assertThat(log("com.example.Labels").isTraceEnabled()).isTrue();
    }

    @Test
    void levelsThatAreSetAnewForgetTheOldOnes() {
        Logging.configure(LogLevel.INFO, Map.of("store", LogLevel.TRACE));

        Logging.configure(LogLevel.INFO, Map.of());

        assertThat(log("org.mephisto.store.Store").isDebugEnabled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "io.vertx.core.Vertx",
        "io.netty.channel.Channel",
        "com.zaxxer.hikari.HikariDataSource",
        "org.pf4j.PluginManager"
    })
    void librariesAreQuietUnlessTheyAreAskedFor(String logger) {
        Logging.configure(LogLevel.TRACE, Map.of());
        boolean usually = log(logger).isInfoEnabled();
        boolean warnings = log(logger).isWarnEnabled();

        Logging.configure(LogLevel.INFO, Map.of(logger, LogLevel.DEBUG));
        boolean asked = log(logger).isDebugEnabled();

        assertThat(usually).isFalse();
        assertThat(warnings).isTrue();
        assertThat(asked).isTrue();
    }

    @Test
    void anExceptionIsPartOfTheLineAndItsTraceFollowsAtDebug() {
        IllegalStateException thrown = new IllegalStateException("no\nway");
        log("org.mephisto.store.Store").warn("cannot", thrown);
        Logging.configure(LogLevel.INFO, Map.of("store", LogLevel.DEBUG));
        log("org.mephisto.store.Store").warn("cannot", thrown);

        assertThat(lines.get(0)).endsWith("store cannot (IllegalStateException: no\\nway)");
        assertThat(lines.get(1))
                .contains("store cannot" + System.lineSeparator())
                .contains("at org.mephisto.logging");
    }

    @ParameterizedTest
    @CsvSource({"debug, DEBUG", "Warning, WARN", "CRITICAL, ERROR", "nonsense, INFO"})
    void theEnvironmentSetsTheLevel(String word, LogLevel level) {
        Optional<Path> file = Logging.start(Map.of("LOG_LEVEL", word), folder);

        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        assertThat(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getLevel())
                .hasToString(level.name());
        assertThat(file).isEmpty();
    }

    @Test
    void linesAlsoGoToAFileWhenTheEnvironmentSaysSo() throws IOException {
        Path file = Logging.start(Map.of("WRITE_LOG_TO_FILE", "1"), folder).orElseThrow();

        log("org.mephisto.store.Store").warn("cannot", new IllegalStateException("no way"));
        Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Appender<ILoggingEvent> appender = root.getAppender("file");
        root.detachAppender(appender);
        appender.stop();

        assertThat(file.getParent()).isEqualTo(folder.resolve("logs"));
        assertThat(Files.readString(file)).contains("WARN  store cannot").contains("at org.mephisto.logging");
    }

    @ParameterizedTest
    @CsvSource({"supervisor, true", "com.example.labels, true", "supervisr, false", "'', false"})
    void onlyPartsAndPackagesHaveLevels(String name, boolean known) {
        assertThat(Logging.isPart(name)).isEqualTo(known);
    }

    private static org.slf4j.Logger log(String name) {
        return LoggerFactory.getLogger(name);
    }
}
