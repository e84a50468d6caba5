package org.mephisto.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * One agent's page: a WebSocket, spoken by hand so that tens of thousands of them cost the load generator little. Every answer is
 * matched with the live update that it answers by that one's number. Confined to its event loop.
 */
final class Page implements WebSocketReader.Taker {
    private static final long NUMBERS_PER_PAGE = 1_000_000_000L;
    private static final long FIRST_NUMBER = 100_000L * NUMBERS_PER_PAGE;
    private static final byte[] NUMBER = "\"n\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEARTBEAT = "\"heartbeat\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STATUS = "\"update_status\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ALIVE = "\"alive\"".getBytes(StandardCharsets.US_ASCII);
    private static final String HANDSHAKE_END = "\r\n\r\n";
    private static final int OUT_OF_ORDER = 16;
    private static final int LONGEST_SHOWN = 500;

    private final PageEvents events;
    private final PageFrames frames;
    private final long firstNumber;
    private final WebSocketReader reader = new WebSocketReader(this);
    private final Promise<Void> opened = Promise.promise();
    private @Nullable NetSocket socket;
    private @Nullable Buffer handshake = Buffer.buffer();
    private @Nullable Buffer out;
    private boolean isReading;
    private boolean isClosing;
    /** When what is not answered yet was sent, by number modulo length; 0 where nothing is open. */
    private long[] openSince = new long[1];

    private long nextNumber;
    private long lastAnswered = -1;
    private long heartbeatSince;

    /**
     * @param index parts this page's numbers from all others'
     * @param events told what comes
     */
    Page(String agentId, int index, PageEvents events) {
        this.events = events;
        this.frames = new PageFrames(agentId);
        this.firstNumber = FIRST_NUMBER + index * NUMBERS_PER_PAGE;
    }

    /** What a page tells. */
    interface PageEvents {
        /** @param inOrder whether no later one was answered before */
        void answered(Page page, long nanos, boolean inOrder, byte[] bytes, int from, int to);

        void heartbeatAnswered(long nanos);

        /** The server did what it never should. */
        void failed(String problem);
    }

    /** Connects and says that it is there; done when the server has said that it knows. */
    Future<Void> open(NetClient client, int port) {
        return client.connect(port, "127.0.0.1").compose(connected -> {
            socket = connected;
            connected.handler(this::onBytes);
            connected.exceptionHandler(failure -> fail("a page's socket failed: " + failure.getMessage()));
            connected.closeHandler(gone -> fail("a page's socket was closed"));
            connected.write("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: bWVwaGlzdG8tYmVuY2gtMQ==\r\n\r\n");
            return opened.future();
        });
    }

    private void onBytes(Buffer arrived) {
        isReading = true;
        if (handshake != null) {
            onHandshake(handshake.appendBuffer(arrived));
        } else {
            reader.read(arrived.getBytes());
        }
        isReading = false;
        if (out != null) {
            write(out);
            out = null;
        }
    }

    private void onHandshake(Buffer soFar) {
        String text = soFar.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf(HANDSHAKE_END);
        if (end < 0) {
            return;
        }
        handshake = null;
        if (!text.startsWith("HTTP/1.1 101")) {
            fail("a page's WebSocket was refused: \"" + text.lines().findFirst().orElse("") + "\"");
            return;
        }
        send(frames.alive());
        reader.read(soFar.getBytes(end + HANDSHAKE_END.length(), soFar.length()));
    }

    private void send(byte[] frame) {
        if (!isReading) {
            write(Buffer.buffer(frame));
        } else if (out == null) {
            out = Buffer.buffer(frame);
        } else {
            out.appendBytes(frame);
        }
    }

    private void write(Buffer bytes) {
        if (socket != null && !isClosing) {
            socket.write(bytes).onFailure(failure -> fail("a page could not send: " + failure));
        }
    }

    /** Makes room for so many updates that are not answered yet, and for later ones answered before them; none is open now. */
    void widen(int window) {
        if (openSince.length < window * OUT_OF_ORDER) {
            openSince = new long[window * OUT_OF_ORDER];
        }
    }

    /** Sends the next live update. */
    void say() {
        int slot = (int) (nextNumber % openSince.length);
        if (openSince[slot] != 0) {
            fail("a live update was not answered while " + openSince.length + " later ones of its page were sent");
            return;
        }
        openSince[slot] = System.nanoTime();
        send(frames.update(firstNumber + nextNumber, System.currentTimeMillis()));
        nextNumber++;
    }

    void heartbeat() {
        if (heartbeatSince != 0) {
            fail("a heartbeat was not answered before the next");
            return;
        }
        heartbeatSince = System.nanoTime();
        send(frames.heartbeat(System.currentTimeMillis()));
    }

    @Override
    public void onText(byte[] bytes, int from, int to) {
        int number = indexOf(NUMBER, bytes, from, to);
        if (number >= 0) {
            onAnswer(bytes, from, to, number(bytes, number + NUMBER.length, to));
        } else if (indexOf(HEARTBEAT, bytes, from, to) >= 0) {
            onHeartbeat();
        } else if (indexOf(STATUS, bytes, from, to) >= 0 || indexOf(ALIVE, bytes, from, to) >= 0) {
            onStatus(text(bytes, from, to));
        } else {
            fail("a page got \"" + text(bytes, from, to) + "\"");
        }
    }

    private void onHeartbeat() {
        if (heartbeatSince == 0) {
            fail("a page got the answer to a heartbeat that it had not sent");
            return;
        }
        events.heartbeatAnswered(System.nanoTime() - heartbeatSince);
        heartbeatSince = 0;
    }

    private void onStatus(String packet) {
        if (packet.contains("disconnect") || packet.contains("expired") || packet.contains("timeout")) {
            fail("an agent has ended: \"" + packet + "\"");
        } else {
            opened.tryComplete();
        }
    }

    private void onAnswer(byte[] bytes, int from, int to, long number) {
        long which = number - firstNumber;
        int slot = (int) Math.floorMod(which, (long) openSince.length);
        boolean isOpen = which >= nextNumber - openSince.length && which >= 0 && which < nextNumber;
        if (!isOpen || openSince[slot] == 0) {
            fail("a page got an answer to nothing that it had asked: \"" + text(bytes, from, to) + "\"");
            return;
        }
        long nanos = System.nanoTime() - openSince[slot];
        openSince[slot] = 0;
        boolean inOrder = which > lastAnswered;
        lastAnswered = Math.max(lastAnswered, which);
        events.answered(this, nanos, inOrder, bytes, from, to);
    }

    @Override
    public void onClose(String why) {
        fail("the server closed a page's socket with " + why);
    }

    private static int indexOf(byte[] what, byte[] bytes, int from, int to) {
        int last = to - what.length;
        for (int at = from; at <= last; at++) {
            int i = 0;
            while (i < what.length && bytes[at + i] == what[i]) {
                i++;
            }
            if (i == what.length) {
                return at;
            }
        }
        return -1;
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int at = from; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, Math.min(to - from, LONGEST_SHOWN), StandardCharsets.UTF_8);
    }

    private void fail(String problem) {
        if (!isClosing) {
            opened.tryFail(new MephistoException(ErrorCode.UNAVAILABLE, problem + "."));
            events.failed(problem);
        }
    }

    Future<Void> close() {
        isClosing = true;
        return socket == null ? Future.succeededFuture() : socket.close();
    }
}
