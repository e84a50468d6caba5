package org.mephisto.router;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.slf4j.LoggerFactory;

/**
 * Fails each test during which Vert.x warned of a blocked event loop. The build has JUnit find it by itself in every module whose tests
 * have the router's test-jar on their path; {@code @RegisterExtension} makes sure of it. Where tests run at once, a warning fails all that
 * are under way: it does not say whose event loop it is about.
 */
public final class BlockedEventLoopCheck implements BeforeEachCallback, AfterEachCallback {
    /** The tag of tests that block an event loop on purpose. */
    static final String ON_PURPOSE = "blocks-an-event-loop";

    private static final String CHECKER = "BlockedThreadChecker";

    private final Namespace own = Namespace.create(this);

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!context.getTags().contains(ON_PURPOSE)) {
            context.getStore(own).put(Watch.class, new Watch());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!context.getTags().contains(ON_PURPOSE)) {
            Objects.requireNonNull(context.getStore(own).get(Watch.class, Watch.class))
                    .stop();
        }
    }

    /** Listens from its creation until it is stopped. */
    static final class Watch extends AppenderBase<ILoggingEvent> {
        private final List<String> warnings = new CopyOnWriteArrayList<>();

        Watch() {
            setContext(vertxLogger().getLoggerContext());
            super.start();
            vertxLogger().addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLoggerName().endsWith(CHECKER)) {
                warnings.add(event.getFormattedMessage());
            }
        }

        /** What Vert.x has warned of so far. */
        List<String> warnings() {
            return warnings;
        }

        @Override
        public void stop() {
            vertxLogger().detachAppender(this);
            super.stop();
            if (!warnings.isEmpty()) {
                throw new AssertionError("An event loop was blocked: " + warnings);
            }
        }

        private static Logger vertxLogger() {
            return (Logger) LoggerFactory.getLogger("io.vertx.core");
        }
    }
}
