package org.mephisto.router;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import org.jspecify.annotations.Nullable;

/**
 * What goes to one page: text frames, gathered until the event loop has done all else that is due, and then written with one system call,
 * which is most of what a small frame costs. They go to the connection as bytes, unmasked and in one piece each (RFC 6455, section 5.2);
 * as frame objects of the libraries each would be nine objects with a promise. Confined to the router's event loop.
 */
final class PageOutput implements Runnable {
    private static final int FINAL_TEXT_FRAME = 0x81;
    private static final int SHORT = 125;
    static final int LENGTH_IN_TWO_BYTES = 126;
    static final int LENGTH_IN_EIGHT_BYTES = 127;
    private static final int MOST_HEADER_BYTES = 10;
    private static final int LEAST_BYTES = 1 << 10;
    private static final int MOST_GATHERED_BYTES = 64 << 10;

    private final ChannelHandlerContext connection;
    private @Nullable ByteBuf gathered;
    /** As there was room for the last time: mostly the next is as much. */
    private int usualBytes = LEAST_BYTES;

    PageOutput(ServerWebSocket socket) {
        this.connection = ((WebSocketInternal) socket).channelHandlerContext();
    }

    /** Whether more waits for the page than its connection should hold. */
    boolean isFull() {
        return !connection.channel().isWritable();
    }

    /** @param utf8 the frame's text */
    void add(byte[] utf8) {
        ByteBuf target = gathered;
        if (target == null) {
            target = connection.alloc().ioBuffer(Math.max(usualBytes, utf8.length + MOST_HEADER_BYTES));
            gathered = target;
            connection.channel().eventLoop().execute(this);
        }
        addHeader(utf8.length, target);
        target.writeBytes(utf8);
        if (target.readableBytes() >= MOST_GATHERED_BYTES) {
            run();
        }
    }

    private static void addHeader(int length, ByteBuf target) {
        if (length <= SHORT) {
            target.writeShort(FINAL_TEXT_FRAME << Byte.SIZE | length);
        } else if (length <= 0xFFFF) {
            target.writeInt((FINAL_TEXT_FRAME << Byte.SIZE | LENGTH_IN_TWO_BYTES) << Short.SIZE | length);
        } else {
            target.writeShort(FINAL_TEXT_FRAME << Byte.SIZE | LENGTH_IN_EIGHT_BYTES)
                    .writeLong(length);
        }
    }

    /** Calls back on the event loop when the connection has taken all that was added until now; never, when it breaks first. */
    void whenWritten(Runnable then) {
        run();
        connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            if (written.isSuccess()) {
                then.run();
            }
        });
    }

    /** Writes what has been gathered. */
    @Override
    public void run() {
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            usualBytes = Math.max(LEAST_BYTES, Integer.highestOneBit(out.readableBytes()) << 1);
            var unused = connection.writeAndFlush(out, connection.voidPromise());
        }
    }
}
