package org.mephisto.router;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails each test during which Vert.x warned of a blocked event loop. The build has JUnit find it by itself in every module whose tests
 * have the router's test-jar on their path; {@code @RegisterExtension} makes sure of it. Of tests that run at once, the one that ends next
 * fails. Thread-safe.
 */
public final class BlockedEventLoopCheck implements BeforeEachCallback, AfterEachCallback {
    /** The tag of tests that block an event loop on purpose. */
    static final String ON_PURPOSE = "blocks-an-event-loop";

    private static final String CHECKER = "BlockedThreadChecker";

    /** Found before any test begins: while a thread sets up logging, others get loggers of another kind. */
    private static final Logger VERTX = (Logger) LoggerFactory.getLogger("io.vertx.core");

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private int running;
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLoggerName().endsWith(CHECKER)) {
                warnings.add(event.getFormattedMessage());
            }
        }
    };

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!context.getTags().contains(ON_PURPOSE)) {
            start();
        }
    }

    synchronized void start() {
        if (running++ == 0) {
            warnings.clear();
            listener.setContext(VERTX.getLoggerContext());
            listener.start();
            VERTX.addAppender(listener);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!context.getTags().contains(ON_PURPOSE)) {
            stop();
        }
    }

    synchronized void stop() {
        // A test that could not begin is ended, too.
        if (running > 0 && --running == 0) {
            VERTX.detachAppender(listener);
            listener.stop();
        }
        if (!warnings.isEmpty()) {
            String all = warnings.toString();
            warnings.clear();
            throw new AssertionError("An event loop was blocked: " + all);
        }
    }

    /** What Vert.x has warned of since the test began. */
    public List<String> warnings() {
        return warnings;
    }
}
