package org.mephisto.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.LoggerFactory;

/**
 * {@code 12:30:59 INFO  supervisor [run 12] message}. Control characters in a message are escaped, so that no text from outside makes a line
 * of its own. An exception adds its message; its stack trace follows for errors and where the part is at debug. Thread-safe.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private static final int LEVEL_WIDTH = 5;

    private final DateTimeFormatter time;
    private final boolean alwaysTrace;

    LineLayout(DateTimeFormatter time, boolean alwaysTrace) {
        this.time = time;
        this.alwaysTrace = alwaysTrace;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return line(event) + System.lineSeparator();
    }

    /** The text without the line end. */
    String line(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        time.formatTo(event.getInstant().atZone(ZoneId.systemDefault()), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).repeat(' ', LEVEL_WIDTH - level.length());
        line.append(' ').append(Logging.partOf(event.getLoggerName()));
        String run = event.getMDCPropertyMap().get(Logging.RUN_KEY);
        if (run != null) {
            line.append(" [run ").append(run).append(']');
        }
        line.append(' ');
        appendEscaped(line, String.valueOf(event.getFormattedMessage()));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            appendThrown(line, event, thrown);
        }
        return line.toString();
    }

    private void appendThrown(StringBuilder line, ILoggingEvent event, IThrowableProxy thrown) {
        if (alwaysTrace || event.getLevel().isGreaterOrEqual(Level.ERROR) || isDebugged(event)) {
            line.append(System.lineSeparator())
                    .append(ThrowableProxyUtil.asString(thrown).stripTrailing());
            return;
        }
        String name = thrown.getClassName();
        line.append(" (").append(name.substring(name.lastIndexOf('.') + 1));
        if (thrown.getMessage() != null) {
            line.append(": ");
            appendEscaped(line, thrown.getMessage());
        }
        line.append(')');
    }

    private static boolean isDebugged(ILoggingEvent event) {
        return LoggerFactory.getLogger(event.getLoggerName()).isDebugEnabled();
    }

    private static void appendEscaped(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line.append("\\n");
            } else if (c == '\r') {
                line.append("\\r");
            } else if (Character.isISOControl(c) && c != '\t') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
