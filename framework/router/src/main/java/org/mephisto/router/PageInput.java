package org.mephisto.router;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.WebSocketInternal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What comes from one page: the texts of its messages, in their order. A frame that is a whole text and has come in one piece, as nearly all
 * are, is read here, straight from the connection's bytes (RFC 6455, section 5.2), for which the libraries take ten objects and a third of
 * the event loop's time. All others go their way through the libraries, which know what else there is, and refuse what is not allowed.
 * Nothing overtakes: while one is with them, those behind it follow. A message beyond the limit is not kept, and is the last. Confined to
 * the router's event loop.
 */
final class PageInput extends ChannelInboundHandlerAdapter {
    private static final int FINAL = 0x80;
    private static final int EXTENSIONS = 0x70;
    private static final int KIND = 0x0F;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PONG = 10;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int MASK_BYTES = 4;
    private static final int LEAST_HEADER_BYTES = 2;

    /** Eight bytes at once, the first of them lowest. */
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ContextInternal context = ContextInternal.current();
    private final ChannelHandlerContext libraries;
    private final ServerWebSocket socket;
    private final ReadingValve valve;
    private final int limit;
    private final byte[] scratch;
    private final Page page;
    private final Handler<ByteBuf> reading = this::read;
    /** The beginning of a frame of which not even the header is complete. */
    private ByteBuf begun = Unpooled.EMPTY_BUFFER;
    /** Frames that have gone to the libraries and have not come back. */
    private int elsewhere;
    /** What is still to come of the last frame that is not read here, in bytes. */
    private long toFollow;
    /** Whether that goes to nobody. */
    private boolean falls;

    private boolean isWithinMessage;
    /** The frames of one message until now, in bytes. */
    private long messageBytes;
    /** A message was too large: of what follows only the frames that end the connection count. */
    private boolean isRefused;

    private boolean passesAll;
    private @Nullable Buffer fragments;

    /** Whoever takes what is read. */
    interface Page {
        /** Something has come, and is read now. */
        void onRead();

        /**
         * Takes a message.
         *
         * @param utf8 begins with its text, and is somebody else's when this returns
         * @param length of the text, in bytes
         */
        void onText(byte[] utf8, int length);

        /** Ends the connection. */
        void close(int code, String reason);
    }

    /**
     * Begins to read.
     *
     * @param limit of a message, in bytes
     * @param scratch room for a text of usual size, shared by all that are read on the same event loop
     */
    PageInput(ServerWebSocket socket, ReadingValve valve, int limit, byte[] scratch, Page page) {
        this.socket = socket;
        this.valve = valve;
        this.limit = limit;
        this.scratch = scratch;
        this.page = page;
        socket.frameHandler(this::onFrame);
        ChannelPipeline pipeline =
                ((WebSocketInternal) socket).channelHandlerContext().pipeline();
        pipeline.addBefore(pipeline.context(WebSocketFrameDecoder.class).name(), null, this);
        this.libraries = pipeline.context(this);
    }

    /** From the next frame on all is the libraries' again, and somebody else listens to them. */
    void stop() {
        passesAll = true;
        socket.frameHandler(null);
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object message) {
        ByteBuf bytes = begun.isReadable() ? takeBegun().writeBytes((ByteBuf) message) : (ByteBuf) message;
        if (bytes != message) {
            ((ByteBuf) message).release();
        }
        try {
            context.dispatch(bytes, reading);
        } finally {
            bytes.release();
        }
    }

    private void read(ByteBuf bytes) {
        page.onRead();
        while (bytes.isReadable() && readPiece(bytes)) {
            // one piece after the other
        }
    }

    private ByteBuf takeBegun() {
        ByteBuf beginning = begun;
        begun = Unpooled.EMPTY_BUFFER;
        return beginning;
    }

    /** Reads the next frame, or what there is of it. @return false when that is too little to know anything */
    private boolean readPiece(ByteBuf bytes) {
        if (!passesAll && toFollow == 0 && !readFrame(bytes)) {
            begun = libraries.alloc().buffer().writeBytes(bytes);
            return false;
        }
        if (passesAll || toFollow > 0) {
            int length = (int) Math.min(passesAll ? Long.MAX_VALUE : toFollow, bytes.readableBytes());
            toFollow = Math.max(0, toFollow - length);
            if (falls) {
                bytes.skipBytes(length);
                falls = toFollow > 0;
            } else {
                libraries.fireChannelRead(bytes.readRetainedSlice(length));
            }
        }
        return true;
    }

    /** Reads a frame, or finds out that it is the libraries'. @return false when its header is not complete */
    private boolean readFrame(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int header =
                bytes.readableBytes() < LEAST_HEADER_BYTES ? LEAST_HEADER_BYTES : headerBytes(bytes.getByte(start + 1));
        if (bytes.readableBytes() < header) {
            return false;
        }
        int first = bytes.getByte(start);
        boolean isMasked = (bytes.getByte(start + 1) & MASKED) != 0;
        long length = payloadBytes(bytes);
        if (!isMasked || length < 0 || (first & EXTENSIONS) != 0 || !isKnown(first & KIND)) {
            passesAll = true;
        } else if (isTooMuch(first & KIND, length)) {
            bytes.skipBytes(header);
            letFall(length);
        } else if ((first & FINAL) != 0
                && (first & KIND) == TEXT
                && bytes.readableBytes() >= header + length
                && elsewhere == 0
                && !isWithinMessage
                && !valve.isHeld()) {
            take(bytes.skipBytes(header), (int) length);
        } else {
            isWithinMessage = (first & KIND) < CLOSE ? (first & FINAL) == 0 : isWithinMessage;
            elsewhere++;
            toFollow = header + length;
        }
        return true;
    }

    /** Whether the message is larger with this frame than a page's may be; no more than that is ever kept. */
    private boolean isTooMuch(int kind, long length) {
        if (kind >= CLOSE) {
            return false;
        }
        messageBytes = kind == CONTINUATION ? messageBytes + Math.min(length, limit + 1L) : length;
        return isRefused || messageBytes > limit;
    }

    private void letFall(long payload) {
        toFollow = payload;
        falls = payload > 0;
        if (!isRefused) {
            isRefused = true;
            fragments = null;
            page.close(1009, "The message is too large.");
        }
    }

    private static int headerBytes(byte second) {
        int length = second & LENGTH;
        int ofLength = length == PageOutput.LENGTH_IN_EIGHT_BYTES
                ? Long.BYTES
                : length == PageOutput.LENGTH_IN_TWO_BYTES ? Short.BYTES : 0;
        return LEAST_HEADER_BYTES + ofLength + ((second & MASKED) == 0 ? 0 : MASK_BYTES);
    }

    private static long payloadBytes(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int length = bytes.getByte(start + 1) & LENGTH;
        return switch (length) {
            case PageOutput.LENGTH_IN_TWO_BYTES -> bytes.getUnsignedShort(start + LEAST_HEADER_BYTES);
            case PageOutput.LENGTH_IN_EIGHT_BYTES -> bytes.getLong(start + LEAST_HEADER_BYTES);
            default -> length;
        };
    }

    private static boolean isKnown(int kind) {
        return kind == CONTINUATION || kind == TEXT || kind == BINARY || (kind >= CLOSE && kind <= PONG);
    }

    /** A fault that one text meets costs those behind it nothing. */
    private void take(ByteBuf payload, int length) {
        byte[] utf8 = readText(payload, length);
        try {
            page.onText(utf8, length);
        } catch (RuntimeException e) {
            context.reportException(e);
        }
    }

    private byte[] readText(ByteBuf bytes, int length) {
        int mask = bytes.getIntLE(bytes.readerIndex() - MASK_BYTES);
        byte[] text = length <= scratch.length ? scratch : new byte[length];
        bytes.readBytes(text, 0, length);
        unmask(text, length, mask);
        return text;
    }

    /** @param mask its first byte lowest */
    private static void unmask(byte[] payload, int length, int mask) {
        long twice = Integer.toUnsignedLong(mask) << Integer.SIZE | Integer.toUnsignedLong(mask);
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            WORD.set(payload, at, (long) WORD.get(payload, at) ^ twice);
        }
        for (; at < length; at++) {
            payload[at] ^= (byte) (mask >>> (Byte.SIZE * (at % MASK_BYTES)));
        }
    }

    private void onFrame(WebSocketFrame frame) {
        elsewhere--;
        if (frame.isText() && frame.isFinal()) {
            takeWhole(frame.binaryData());
        } else if (frame.isText() || frame.isContinuation()) {
            onFragment(frame);
        } else if (frame.isBinary()) {
            page.close(1003, "Only text frames are understood here.");
        }
    }

    private void onFragment(WebSocketFrame frame) {
        Buffer message = fragments == null ? Buffer.buffer() : fragments;
        message.appendBuffer(frame.binaryData());
        fragments = frame.isFinal() ? null : message;
        if (frame.isFinal()) {
            takeWhole(message);
        }
    }

    private void takeWhole(Buffer message) {
        page.onRead();
        byte[] utf8 = message.getBytes();
        page.onText(utf8, utf8.length);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext connection) {
        takeBegun().release();
    }
}
