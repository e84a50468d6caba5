package org.mephisto.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * One agent's page. Every answer is matched with the live update that it answers by that one's number. Confined to its event loop.
 */
final class Page {
    private static final long NUMBERS_PER_PAGE = 1_000_000_000L;
    private static final long FIRST_NUMBER = 100_000L * NUMBERS_PER_PAGE;
    private static final String NUMBER = "\"n\":";
    private static final int OUT_OF_ORDER = 16;
    private static final int LONGEST_SHOWN = 500;

    private final PageEvents events;
    private final PageTexts texts;
    private final long firstNumber;
    private final Promise<Void> opened = Promise.promise();
    private @Nullable WebSocket socket;
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
        this.texts = new PageTexts(agentId);
        this.firstNumber = FIRST_NUMBER + index * NUMBERS_PER_PAGE;
    }

    /** What a page tells. */
    interface PageEvents {
        /** @param inOrder whether no later one was answered before */
        void answered(Page page, long nanos, boolean inOrder, String text);

        void heartbeatAnswered(long nanos);

        /** The server did what it never should. */
        void failed(String problem);
    }

    /** Connects and says that it is there; done when the server has said that it knows. */
    Future<Void> open(WebSocketClient client, int port) {
        return client.connect(port, "127.0.0.1", "/").compose(connected -> {
            socket = connected;
            connected.textMessageHandler(this::onText);
            connected.exceptionHandler(failure -> fail("a page's socket failed: " + failure.getMessage()));
            connected.closeHandler(gone -> fail("the server closed a page's socket with code "
                    + connected.closeStatusCode() + " \"" + connected.closeReason() + "\""));
            send(texts.alive());
            return opened.future();
        });
    }

    private void send(String text) {
        if (socket != null && !isClosing) {
            socket.writeTextMessage(text).onFailure(failure -> fail("a page could not send: " + failure));
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
        send(texts.update(firstNumber + nextNumber, System.currentTimeMillis()));
        nextNumber++;
    }

    void heartbeat() {
        if (heartbeatSince != 0) {
            fail("a heartbeat was not answered before the next");
            return;
        }
        heartbeatSince = System.nanoTime();
        send(texts.heartbeat(System.currentTimeMillis()));
    }

    private void onText(String text) {
        int number = text.indexOf(NUMBER);
        if (number >= 0) {
            onAnswer(text, number(text, number + NUMBER.length()));
        } else if (text.contains("\"heartbeat\"")) {
            onHeartbeat();
        } else if (text.contains("\"update_status\"") || text.contains("\"alive\"")) {
            onStatus(text);
        } else {
            fail("a page got \"" + shortened(text) + "\"");
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

    private void onAnswer(String text, long number) {
        long which = number - firstNumber;
        int slot = (int) Math.floorMod(which, (long) openSince.length);
        boolean isOpen = which >= nextNumber - openSince.length && which >= 0 && which < nextNumber;
        if (!isOpen || openSince[slot] == 0) {
            fail("a page got an answer to nothing that it had asked: \"" + shortened(text) + "\"");
            return;
        }
        long nanos = System.nanoTime() - openSince[slot];
        openSince[slot] = 0;
        boolean inOrder = which > lastAnswered;
        lastAnswered = Math.max(lastAnswered, which);
        events.answered(this, nanos, inOrder, text);
    }

    private static long number(String text, int from) {
        int to = from;
        while (Character.isDigit(text.charAt(to))) {
            to++;
        }
        return Long.parseLong(text, from, to, 10);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
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
