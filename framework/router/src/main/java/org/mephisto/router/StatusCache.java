package org.mephisto.router;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.model.AgentStatus;

/**
 * The agents that the system side has announced and the last status of each, kept after the system has let them go. Bounded by count
 * and by time since last use; an agent that fell out is asked for again when its page returns. Confined to the router's event loop.
 */
final class StatusCache {
    /** What an agent's status is called before the system has said one. */
    static final String UNKNOWN = "none";

    private static final Set<String> FINAL = Stream.of(AgentStatus.values())
            .filter(AgentStatus::isComplete)
            .map(AgentStatus::word)
            .collect(Collectors.toUnmodifiableSet());

    /** One text for all agents of a status, instead of each its own out of the packet. */
    private static final Map<String, String> WORDS = Stream.of(AgentStatus.values())
            .map(AgentStatus::word)
            .collect(Collectors.toMap(word -> word, word -> word));

    private final int capacity;
    private final long lifetimeMillis;
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

    StatusCache(int capacity, Duration lifetime) {
        this.capacity = capacity;
        this.lifetimeMillis = lifetime.toMillis();
    }

    /** The system has said that there is such an agent. */
    void announce(String agentId, long now) {
        Entry known = entries.get(agentId);
        if (known == null) {
            add(agentId, new Entry(UNKNOWN, now));
        } else {
            known.lastUsed = now;
        }
    }

    void put(String agentId, String statusWord, long now) {
        String status = WORDS.getOrDefault(statusWord, statusWord);
        Entry known = entries.get(agentId);
        if (known == null) {
            add(agentId, new Entry(status, now));
        } else {
            known.status = status;
            known.lastUsed = now;
        }
    }

    private void add(String agentId, Entry entry) {
        entries.put(agentId, entry);
        if (entries.size() > capacity) {
            Iterator<String> eldest = entries.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** The last status, {@link #UNKNOWN} for an agent that is only announced; null for one that nobody announced. Counts as a use. */
    @Nullable
    String find(String agentId, long now) {
        Entry known = entries.get(agentId);
        if (known == null) {
            return null;
        }
        known.lastUsed = now;
        return known.status;
    }

    boolean isKnown(String agentId) {
        return entries.containsKey(agentId);
    }

    /** Forgets what has not been used for too long. */
    void sweep(long now) {
        Iterator<Entry> eldestFirst = entries.values().iterator();
        while (eldestFirst.hasNext() && now - eldestFirst.next().lastUsed > lifetimeMillis) {
            eldestFirst.remove();
        }
    }

    /** Whether an agent of this status has ended. */
    static boolean isFinal(String status) {
        return FINAL.contains(status);
    }

    int size() {
        return entries.size();
    }

    /** {@code {agent_id: status}}. */
    String json() {
        StringBuilder json = new StringBuilder(2 + 48 * entries.size()).append('{');
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (json.length() > 1) {
                json.append(',');
            }
            PacketCodec.quote(entry.getKey(), json);
            PacketCodec.quote(entry.getValue().status, json.append(':'));
        }
        return json.append('}').toString();
    }

    private static final class Entry {
        private String status;
        private long lastUsed;

        Entry(String status, long lastUsed) {
            this.status = status;
            this.lastUsed = lastUsed;
        }
    }
}
