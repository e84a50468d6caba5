package org.mephisto.benchmark;

import java.nio.charset.StandardCharsets;

/**
 * What one agent's page says, as masked WebSocket text frames. A live update is of the size of a chat message; its number stands in it
 * as {@code "n"} and as the end of its {@code update_id}. All numbers have as many digits, so that a frame is a copy of the one before
 * with other digits. Confined to one thread.
 */
final class PageFrames {
    /** Digits of every {@code n}. */
    static final int NUMBER_DIGITS = 15;

    private static final String TEXT = "Hello! I think that the second answer was the better one, and you?";
    private static final String ID_START = "7d1c2f80-5b3e-4a6d-9f10-";
    private static final int BASE = 10;
    private static final int MILLIS_DIGITS = 3;
    private static final int SECONDS_DIGITS = 10;
    private static final int MASK = 4;
    private static final int SHORT_LENGTH = 125;

    private final String agentId;
    private final Template heartbeat;
    private final Template update;

    PageFrames(String agentId) {
        this.agentId = agentId;
        this.heartbeat = new Template("{\"packet_type\":\"heartbeat\",\"subject_id\":\"" + agentId
                + "\",\"client_timestamp\":" + Template.TIME + "}");
        this.update = new Template("{\"packet_type\":\"mephisto_bound_live_update\",\"subject_id\":\"" + agentId
                + "\",\"data\":{\"n\":" + Template.NUMBER + ",\"text\":\"" + TEXT + "\",\"update_id\":\"" + ID_START
                + Template.NUMBER + "\"},\"client_timestamp\":" + Template.TIME + "}");
    }

    byte[] alive() {
        return new Template("{\"packet_type\":\"alive\",\"subject_id\":\"" + agentId + "\",\"data\":{\"update_id\":\""
                        + ID_START + "alive\"}}")
                .frame(0, 0);
    }

    byte[] heartbeat(long nowMillis) {
        return heartbeat.frame(0, nowMillis);
    }

    byte[] update(long number, long nowMillis) {
        return update.frame(number, nowMillis);
    }

    /** A text with gaps for numbers. */
    private static final class Template {
        static final String NUMBER = "#".repeat(NUMBER_DIGITS);
        static final String TIME = "@".repeat(SECONDS_DIGITS) + "." + "@".repeat(MILLIS_DIGITS);

        private final byte[] frame;
        private final int head;
        private final int firstNumber;
        private final int secondNumber;
        private final int time;

        Template(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            boolean isShort = bytes.length <= SHORT_LENGTH;
            this.head = (isShort ? 2 : 2 + Short.BYTES) + MASK;
            this.frame = new byte[head + bytes.length];
            frame[0] = (byte) 0x81;
            frame[1] = (byte) (0x80 | (isShort ? bytes.length : SHORT_LENGTH + 1));
            if (!isShort) {
                frame[2] = (byte) (bytes.length >> Byte.SIZE);
                frame[3] = (byte) bytes.length;
            }
            // Any mask will do; it must not be zero, or the server would have less to do than with a browser.
            frame[head - 4] = 0x37;
            frame[head - 3] = (byte) 0xfa;
            frame[head - 2] = 0x21;
            frame[head - 1] = 0x3d;
            System.arraycopy(bytes, 0, frame, head, bytes.length);
            this.firstNumber = text.indexOf(NUMBER);
            this.secondNumber = text.lastIndexOf(NUMBER);
            this.time = text.indexOf(TIME);
        }

        byte[] frame(long number, long nowMillis) {
            if (firstNumber >= 0) {
                digits(number, head + firstNumber, NUMBER_DIGITS);
                digits(number, head + secondNumber, NUMBER_DIGITS);
            }
            if (time >= 0) {
                digits(nowMillis / 1000, head + time, SECONDS_DIGITS);
                digits(nowMillis % 1000, head + time + SECONDS_DIGITS + 1, MILLIS_DIGITS);
            }
            byte[] masked = frame.clone();
            for (int i = head; i < masked.length; i++) {
                masked[i] ^= masked[head - MASK + (i - head) % MASK];
            }
            return masked;
        }

        private void digits(long value, int at, int count) {
            long left = value;
            for (int i = at + count - 1; i >= at; i--) {
                frame[i] = (byte) ('0' + left % BASE);
                left /= BASE;
            }
        }
    }
}
