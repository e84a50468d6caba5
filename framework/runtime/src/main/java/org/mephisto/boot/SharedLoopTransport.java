package org.mephisto.boot;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.transport.Transport;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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
        IoHandlerFactory sockets = EpollIoHandler.newFactory(SOCKETS_AT_ONCE, DefaultSelectStrategyFactory.INSTANCE);
        return new MultiThreadIoEventLoopGroup(
                count, ours, executor -> new PolitePoller(sockets.newHandler(executor), threads));
    }

    /** Waits for sockets, but first lets code run that the loop has handed something to. */
    private static final class PolitePoller implements IoHandler {
        private final IoHandler sockets;
        private final CodeThreads threads;
        private @Nullable EventLoopThread loop;

        PolitePoller(IoHandler sockets, CodeThreads threads) {
            this.sockets = sockets;
            this.threads = threads;
        }

        @Override
        public void initialize() {
            loop = Objects.requireNonNull(threads.currentLoop());
            sockets.initialize();
        }

        @Override
        public int run(IoHandlerContext context) {
            boolean codeRan = Objects.requireNonNull(loop).makeWay();
            // What code has left to do goes first; a look at the sockets costs as much as a small answer.
            return codeRan && !context.canBlock() ? 0 : sockets.run(context);
        }

        @Override
        public void prepareToDestroy() {
            sockets.prepareToDestroy();
        }

        @Override
        public void destroy() {
            sockets.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return sockets.register(handle);
        }

        @Override
        public void wakeup() {
            sockets.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handle) {
            return sockets.isCompatible(handle);
        }
    }
}
