package org.mephisto.benchmark;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Workers who hand in what they did, each agent once. */
final class SubmitRequests implements RequestSource {
    private static final int OK = 200;
    private static final String DONE = "\"Submitted!\"";
    private static final String WORK =
            "\"final_data\":{\"label\":\"positive\",\"comment\":\"It says that the food was good and the room was warm.\"}";

    private final String[] agentIds;
    private final boolean endless;
    private final AtomicInteger count = new AtomicInteger();

    private SubmitRequests(String[] agentIds, boolean endless) {
        this.agentIds = agentIds;
        this.endless = endless;
    }

    /** Ends when every agent has submitted. */
    static SubmitRequests once(String[] agentIds) {
        return new SubmitRequests(agentIds, false);
    }

    /** Begins again at the first agent, for a server that does not look. */
    static SubmitRequests endlessly(String[] agentIds) {
        return new SubmitRequests(agentIds, true);
    }

    @Override
    public String path() {
        return "/submit_task";
    }

    @Override
    public @Nullable Buffer next() {
        int number = count.getAndIncrement();
        if (number >= agentIds.length && !endless) {
            return null;
        }
        String agentId = agentIds[number % agentIds.length];
        return Buffer.buffer("{\"USED_AGENT_ID\":\"" + agentId + "\"," + WORK + ",\"client_timestamp\":"
                + System.currentTimeMillis() / 1000.0 + "}");
    }

    @Override
    public @Nullable String problem(int status, Buffer answer) {
        String text = answer.toString();
        return status == OK && text.contains(DONE)
                ? null
                : "a submission was answered with status " + status + " and \"" + text + "\"";
    }
}
