package org.mephisto.boot;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.transport.Transport;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.mephisto.threads.CodeThreads;
import org.mephisto.threads.EventLoopThread;

/** Linux's native sockets, on event loops that share their threads with blueprint code. */
final class SharedLoopTransport extends EpollTransport implements Transport {
    /**
     * A loop reads from so many sockets, and then lets code run that waits for what came: the first answers are under way while the next
     * sockets are read, and no more code is woken at once than the loop's own thread takes.
     */
    private static final int SOCKETS_AT_ONCE = 16;

    private final CodeThreads threads;

    /** @param threads must be shared ones */
    SharedLoopTransport(CodeThreads threads) {
        this.threads = threads;
    }

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public boolean available() {
        return isAvailable() && threads.areShared();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return this;
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int count, ThreadFactory vertxThreads, int ioRatio) {
        if (type != IO_EVENT_LOOP_GROUP) {
            return super.eventLoopGroup(type, count, vertxThreads, ioRatio);
        }
        AtomicInteger loops = new AtomicInteger();
        ThreadFactory ours = loop -> threads.newLoop(
                "event-loop-" + loops.getAndIncrement(), () -> FastThreadLocalThread.runWithFastThreadLocal(loop));
        return new MultiThreadIoEventLoopGroup(
                count, ours, EpollIoHandler.newFactory(SOCKETS_AT_ONCE, DefaultSelectStrategyFactory.INSTANCE)) {
            @Override
            protected IoEventLoop newChild(Executor executor, IoHandlerFactory sockets, Object... none) {
                return new SharedLoop(this, executor, sockets, threads);
            }
        };
    }

    /** Netty's own loop, that lets code run in between which it has handed something to. */
    private static final class SharedLoop extends SingleThreadIoEventLoop {
        private static final long MOST_NANOS_FOR_TASKS = TimeUnit.SECONDS.toNanos(1);
        private static final int TURNS_AT_ONCE = 32;

        private final CodeThreads threads;

        SharedLoop(IoEventLoopGroup group, Executor executor, IoHandlerFactory sockets, CodeThreads threads) {
            super(group, executor, sockets);
            this.threads = threads;
        }

        @Override
        protected void run() {
            EventLoopThread thread = Objects.requireNonNull(threads.currentLoop());
            ioHandler().initialize();
            while (turns(thread)) {
                // for as long as there is work
            }
        }

        /**
         * Some turns, and not all: a method that does not return is interpreted for long, and a virtual thread with an interpreted frame
         * near the top takes several times as long to make way.
         *
         * @return whether there may be more to do
         */
        private boolean turns(EventLoopThread thread) {
            for (int i = 0; i < TURNS_AT_ONCE; i++) {
                boolean codeRan = thread.makeWay();
                // What code has left to do goes first; a look at the sockets costs as much as a small answer.
                if (!codeRan || !hasTasks()) {
                    runIo();
                }
                if (isShuttingDown()) {
                    ioHandler().prepareToDestroy();
                }
                runAllTasks(MOST_NANOS_FOR_TASKS);
                if (confirmShutdown() || canSuspend()) {
                    return false;
                }
            }
            return true;
        }
    }
}
