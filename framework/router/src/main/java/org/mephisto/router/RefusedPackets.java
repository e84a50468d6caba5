package org.mephisto.router;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The numbers of the last packets of a {@link PacketStream} that this side could not take. More of them than are remembered count as taken,
 * should the connection break before the other side is told. Confined to one thread.
 */
final class RefusedPackets {
    private static final int MOST = 4_096;

    private final ArrayDeque<Long> numbers = new ArrayDeque<>();
    /** How many, from the end, the other side has not been told of on this connection. */
    private int untold;

    void add(long number) {
        numbers.add(number);
        untold++;
        if (numbers.size() > MOST) {
            numbers.remove();
            untold = Math.min(untold, MOST);
        }
    }

    /** The other side is a new one, and counts anew. */
    void clear() {
        numbers.clear();
    }

    /** The other side has been told of all, as {@link #all} stood in the hello. */
    void areTold() {
        untold = 0;
    }

    Set<Long> all() {
        return new LinkedHashSet<>(numbers);
    }

    /** Appends {@code ,"refused":[...]} with those that the other side is now told of, if there are any. */
    void appendUntold(StringBuilder json) {
        if (untold > 0) {
            json.append(",\"refused\":")
                    .append(numbers.stream().skip(numbers.size() - untold).toList());
            untold = 0;
        }
    }

    /** Reads what the other side has written. @throws NumberFormatException when they are no whole numbers */
    static Set<Long> read(JsonScan scan, int field) {
        if (!scan.isPresent(field)) {
            return Set.of();
        }
        Set<Long> numbers = new HashSet<>();
        JsonScan.elements("\"refused\"", scan.raw(field)).forEach(number -> numbers.add(Long.valueOf(number)));
        return numbers;
    }
}
