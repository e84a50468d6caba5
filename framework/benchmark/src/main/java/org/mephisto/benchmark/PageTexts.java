package org.mephisto.benchmark;

/**
 * What one agent's page says. A live update is of the size of a chat message; its number stands in it as {@code "n"} and as the end of its
 * {@code update_id}. Confined to one thread.
 */
final class PageTexts {
    private static final String TEXT = "Hello! I think that the second answer was the better one, and you?";
    private static final String ID_START = "7d1c2f80-5b3e-4a6d-9f10-";
    private static final int DIGITS_OF_MILLIS = 3;

    private final String agentId;
    private final String beginningOfUpdate;

    PageTexts(String agentId) {
        this.agentId = agentId;
        this.beginningOfUpdate = packet("mephisto_bound_live_update") + ",\"data\":{\"n\":";
    }

    private String packet(String type) {
        return "{\"packet_type\":\"" + type + "\",\"subject_id\":\"" + agentId + '"';
    }

    String alive() {
        return packet("alive") + ",\"data\":{\"update_id\":\"" + ID_START + "alive\"}}";
    }

    String heartbeat(long nowMillis) {
        return packet("heartbeat") + ",\"client_timestamp\":" + seconds(nowMillis) + "}";
    }

    /** As browsers write them; Java's own way has an exponent. */
    private static String seconds(long millis) {
        String digits = Long.toString(millis);
        int point = digits.length() - DIGITS_OF_MILLIS;
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    String update(long number, long nowMillis) {
        return beginningOfUpdate + number + ",\"text\":\"" + TEXT + "\",\"update_id\":\"" + ID_START + number
                + "\"},\"client_timestamp\":" + seconds(nowMillis) + "}";
    }
}
