package org.mephisto.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Sets what is logged and where. A program that brings another SLF4J backend keeps it: then these calls change nothing. Thread-safe.
 */
public final class Logging {
    /** The MDC key of the task run's id; shown in each line as {@code [run 12]}. */
    public static final String RUN_KEY = "run";

    private static final String BASE = "org.mephisto.";
    private static final List<String> PARTS = List.of(
            "operator",
            "supervisor",
            "router",
            "launch",
            "store",
            "registry",
            "config",
            "review",
            "api",
            "metrics",
            "cli",
            "boot",
            "blueprint",
            "architect",
            "provider");
    private static final List<String> QUIET =
            List.of("io.vertx", "io.netty", "com.zaxxer", "org.pf4j", "com.mysql", "org.sqlite");
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Set<String> WITH_OWN_LEVEL = new HashSet<>();
    static final ConsoleAppender CONSOLE = new ConsoleAppender();

    private Logging() {}

    /** The parts of the system whose level can be set by name. Any dotted package name can be too. */
    public static List<String> parts() {
        return PARTS;
    }

    /** Whether a level can be set for it: a part, or a package such as {@code com.example.labels}. */
    public static boolean isPart(String name) {
        return PARTS.contains(name) || name.matches("\\w+(\\.\\w+)+");
    }

    /**
     * Starts logging as the environment says: {@code LOG_LEVEL}, and with {@code WRITE_LOG_TO_FILE} set to 1 also into a file of this
     * process in the folder {@code logs}.
     *
     * @param home the user's Mephisto folder
     * @return the log file, if there is one
     */
    public static Optional<Path> start(Map<String, String> environment, Path home) {
        configure(levelOf(environment), Map.of());
        boolean toFile = Set.of("1", "true", "yes").contains(environment.getOrDefault("WRITE_LOG_TO_FILE", "0"));
        return toFile ? context().map(context -> writeTo(context, home)) : Optional.empty();
    }

    /**
     * Sets all levels anew.
     *
     * @param parts levels that differ, by {@linkplain #parts part} or package
     */
    public static void configure(LogLevel level, Map<String, LogLevel> parts) {
        context().ifPresent(context -> setLevels(context, level, parts));
    }

    /** Also called while SLF4J is still being set up, when the context cannot be asked for. */
    static void setLevels(LoggerContext context, LogLevel level, Map<String, LogLevel> parts) {
        LOCK.lock();
        try {
            WITH_OWN_LEVEL.forEach(name -> context.getLogger(name).setLevel(null));
            WITH_OWN_LEVEL.clear();
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(level.name()));
            LogLevel quiet = level == LogLevel.ERROR ? LogLevel.ERROR : LogLevel.WARN;
            QUIET.forEach(name -> setLevel(context, name, quiet));
            parts.forEach((part, own) -> setLevel(context, PARTS.contains(part) ? BASE + part : part, own));
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * Sends each line, without its line end, somewhere else than to standard error: to a terminal that first clears its progress line. Called
     * by one thread at a time; must be quick and must not log.
     */
    public static void setConsole(Consumer<String> console) {
        CONSOLE.write(console);
    }

    /** Sends lines to standard error again. */
    public static void resetConsole() {
        CONSOLE.write(ConsoleAppender.STANDARD_ERROR);
    }

    /** Names the run in every line that this thread logs from now on: for threads that serve one run until they end. */
    public static void enterRun(long taskRunId) {
        MDC.put(RUN_KEY, Long.toString(taskRunId));
    }

    /** Names the run in every line that this thread logs while the work goes on; what was named before is named again after it. */
    public static void inRun(long taskRunId, Runnable work) {
        String before = MDC.get(RUN_KEY);
        enterRun(taskRunId);
        try {
            work.run();
        } finally {
            if (before == null) {
                MDC.remove(RUN_KEY);
            } else {
                MDC.put(RUN_KEY, before);
            }
        }
    }

    static LogLevel levelOf(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("LOG_LEVEL"))
                .flatMap(LogLevel::find)
                .orElse(LogLevel.INFO);
    }

    /** What a logger's name is shown as: the part for our own, the class for others. */
    static String partOf(String loggerName) {
        if (loggerName.startsWith(BASE)) {
            String rest = loggerName.substring(BASE.length());
            int dot = rest.indexOf('.');
            return dot < 0 ? rest : rest.substring(0, dot);
        }
        return loggerName.substring(loggerName.lastIndexOf('.') + 1);
    }

    private static void setLevel(LoggerContext context, String name, LogLevel level) {
        context.getLogger(name).setLevel(Level.toLevel(level.name()));
        WITH_OWN_LEVEL.add(name);
    }

    private static Path writeTo(LoggerContext context, Path home) {
        Path file = home.resolve("logs")
                .resolve("mephisto-" + FILE_TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + "-"
                        + ProcessHandle.current().pid() + ".log");
        LineLayout layout = new LineLayout(LineLayout.DATE_AND_TIME, true);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setName("file");
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAppender("file");
        root.addAppender(appender);
        return file;
    }

    private static Optional<LoggerContext> context() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                ? Optional.of(context)
                : Optional.empty();
    }
}
