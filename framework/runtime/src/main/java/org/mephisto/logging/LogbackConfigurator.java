package org.mephisto.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;

/**
 * Sets Logback up in code, so that no XML is looked for or parsed. Found by Logback itself through {@code META-INF/services}, once. A program
 * that names a file in the system property {@code logback.configurationFile} gets that instead.
 */
public final class LogbackConfigurator extends ContextAwareBase implements Configurator {
    private static final String FILE_PROPERTY = "logback.configurationFile";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Logging.CONSOLE.setContext(context);
        Logging.CONSOLE.setName("console");
        Logging.CONSOLE.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(Logging.CONSOLE);
        Logging.setLevels(context, Logging.levelOf(System.getenv()), Map.of());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
