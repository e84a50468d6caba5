package org.mephisto.benchmark;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;

/** Workers who come back for a unit again and again: each request is a visit that was never there before. */
final class RegisterRequests implements RequestSource {
    private static final int OK = 200;
    private static final String NO_AGENT = "\"agent_id\":null";
    private static final String AGENT = "\"agent_id\":";

    private final String prefix;
    private final int people;
    private final int firstPerson;
    private final int limit;
    private final @Nullable Collection<String> agentIds;
    private final AtomicInteger count = new AtomicInteger();

    private RegisterRequests(
            String prefix, int people, int firstPerson, int limit, @Nullable Collection<String> agentIds) {
        this.prefix = prefix;
        this.people = people;
        this.firstPerson = firstPerson;
        this.limit = limit;
        this.agentIds = agentIds;
    }

    /**
     * @param prefix begins the names of all these visits; never used before
     * @param people how many workers there are; 0 when each visit is of another one
     */
    static RegisterRequests of(String prefix, int people, int limit) {
        return new RegisterRequests(prefix, people, 0, limit, null);
    }

    /** People who come once each, called by numbers from this one on. */
    static RegisterRequests ofPeople(String prefix, int firstPerson, int people) {
        return new RegisterRequests(prefix, people, firstPerson, people, null);
    }

    /** Collects the ids of the agents that come of it, for {@link SubmitRequests}; slower. */
    static RegisterRequests collecting(String prefix, int people, int limit) {
        return new RegisterRequests(prefix, people, 0, limit, new ConcurrentLinkedQueue<>());
    }

    @Override
    public String path() {
        return "/request_agent";
    }

    @Override
    public @Nullable Buffer next() {
        int number = count.getAndIncrement();
        if (number >= limit) {
            return null;
        }
        String visit = prefix + "-" + number;
        String worker = people == 0 ? "worker-of-" + visit : "worker-" + (firstPerson + number % people);
        return Buffer.buffer(
                "{\"provider_data\":{\"worker_name\":\"" + worker + "\",\"agent_registration_id\":\"" + visit
                        + "-" + worker + "\",\"assignment_id\":\"" + visit
                        + "\",\"provider_type\":\"mock\"},\"client_timestamp\":"
                        + System.currentTimeMillis() / 1000.0 + "}");
    }

    @Override
    public @Nullable String problem(int status, Buffer answer) {
        String text = answer.toString(StandardCharsets.UTF_8);
        if (status != OK || !text.contains(AGENT) || text.contains(NO_AGENT)) {
            return "a registration was answered with status " + status + " and \"" + text + "\"";
        }
        if (agentIds != null) {
            agentIds.add(Json.parse(text).path("data").path("agent_id").asText());
        }
        return null;
    }

    /** The agents so far. */
    String[] agentIds() {
        return agentIds == null ? new String[0] : agentIds.toArray(String[]::new);
    }
}
