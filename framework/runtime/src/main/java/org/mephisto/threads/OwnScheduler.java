package org.mephisto.threads;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual threads whose turns an executor of ours gets to run. JDK 25 has them for its own tests; a JVM that is started with {@value #OPEN}
 * lets others use them. A turn is what a virtual thread does from one wait to the next; an executor must run each once, on any platform
 * thread. A virtual thread that another starts has the scheduler of that one.
 *
 * @param builder of virtual threads
 */
record OwnScheduler(Constructor<?> builder) {
    static final String OPEN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    private static final Logger LOG = LoggerFactory.getLogger(OwnScheduler.class);

    /** Empty in a JVM that does not let us. */
    static Optional<OwnScheduler> find() {
        try {
            Constructor<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            builder.setAccessible(true);
            return Optional.of(new OwnScheduler(builder));
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            LOG.debug("Blueprint code has threads apart from the event loops'; with {} it would share them.", OPEN, e);
            return Optional.empty();
        }
    }

    /** Makes virtual threads whose turns go to the given executor. */
    Thread.Builder.OfVirtual threads(Executor turns) {
        try {
            return (Thread.Builder.OfVirtual) builder.newInstance(turns);
        } catch (ReflectiveOperationException e) {
            throw new MephistoException(ErrorCode.INTERNAL, "The JVM makes no virtual thread: " + e, e);
        }
    }
}
