package org.mephisto.router;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of a conversation that outlives its connections: what this side sends is numbered and kept until the other side says that it
 * has dealt with it, and sent again on the next connection if it has not; what comes is dealt with in order and once.
 *
 * <p>Messages are JSON. A {@link ChannelHello} opens a connection on each side. After that: {@code {"received": m, "first": n, "packets": [...]}},
 * where {@code n} is the first packet's number, counted from 1, and {@code m} the number of the last packet dealt with of those that came
 * the other way; {@code "lost": true} when this side had to let packets fall before these; {@code "refused": [...]} are the numbers of
 * packets up to {@code m} that this side could not take, which is told once, and in the hello again. Without {@code first} and {@code packets} it is an
 * acknowledgement alone. A side is known by a session, chosen by chance when it starts: when it has changed, counting begins anew both
 * ways, and what this side keeps is sent to the new one.
 *
 * <p>Knows no sockets; see {@link StreamPump}. Confined to one thread; {@link PacketRoom} bounds what is kept.
 */
public final class PacketStream {
    private static final Logger LOG = LoggerFactory.getLogger(PacketStream.class);
    private static final int BATCH_PACKETS = 512;
    private static final int BATCH_CHARS = 256 << 10;
    private static final Packet NOTHING = Packet.of(PacketType.HEARTBEAT, Packet.SYSTEM, JsonValue.emptyObject());

    private final PacketRoom room;
    private final String session = Chance.hex(12);

    /** On this connection neither written nor told to be received. */
    private final ArrayDeque<Kept> waiting = new ArrayDeque<>();
    /** Written on this connection, in order; the first has the number {@link #firstSent}. */
    private final ArrayDeque<Kept> sent = new ArrayDeque<>();

    private final RefusedPackets refused = new RefusedPackets();
    private long firstSent = 1;
    private boolean lost;
    private @Nullable String peer;
    private long received;
    private long told;

    /** @param room whoever adds a packet has taken room for it; it is given back here */
    public PacketStream(PacketRoom room) {
        this.room = room;
    }

    private static final class Kept {
        private final Packet packet;
        private final SystemSide.Settled settled;
        private boolean wasSent;
        private boolean cancelled;

        Kept(Packet packet, SystemSide.Settled settled) {
            this.packet = packet;
            this.settled = settled;
        }
    }

    /** What this side says first on a connection; see {@link ChannelHello}. */
    public String hello() {
        return new ChannelHello(session, peer == null ? "" : peer, received, refused.all()).text();
    }

    /** Whether the other side, as it introduces itself, can go on where the last connection ended. */
    boolean isContinuedBy(ChannelHello hello) {
        boolean nothingPassed = received == 0 && firstSent == 1;
        return hello.session().equals(peer) && (hello.peer().equals(session) || nothingPassed);
    }

    /**
     * A connection to the other side has been made.
     *
     * @return whether it is the one of before; if not, whatever is kept goes to the new one
     */
    public boolean join(ChannelHello hello) {
        boolean again = hello.session().equals(peer);
        if (again && hello.peer().equals(session)) {
            acknowledge(hello.received(), hello.refused());
        }
        while (!sent.isEmpty()) {
            waiting.addFirst(sent.removeLast());
        }
        if (!again) {
            peer = hello.session();
            received = 0;
            refused.clear();
            firstSent = 1;
        }
        told = received;
        refused.areTold();
        return again;
    }

    /** Keeps a packet to be sent; room for it has been taken. */
    public void add(Packet packet) {
        add(packet, (settled, taken) -> {});
    }

    void add(Packet packet, SystemSide.Settled settled) {
        waiting.add(new Kept(packet, settled));
    }

    /** Tells the other side, before the next packet, that some had to be let fall. */
    public void reportLoss() {
        lost = true;
    }

    /** Lets packets fall that were sent to an earlier session; only just after {@link #join} has found a new one. */
    public void forgetSent(Predicate<Packet> which) {
        for (Iterator<Kept> each = waiting.iterator(); each.hasNext(); ) {
            Kept kept = each.next();
            if (kept.wasSent && which.test(kept.packet)) {
                each.remove();
                room.release(kept.packet);
            }
        }
    }

    /** Sends nothing in the place of packets that are no longer wanted and that the other side may not have. */
    void cancel(Predicate<Packet> which) {
        Stream.concat(sent.stream(), waiting.stream())
                .filter(kept -> which.test(kept.packet))
                .forEach(kept -> kept.cancelled = true);
    }

    /** Takes back everything that the other side has not confirmed. */
    List<SystemSide.Untaken> removeAll() {
        List<SystemSide.Untaken> all = new ArrayList<>();
        for (ArrayDeque<Kept> part : List.of(sent, waiting)) {
            for (Kept kept : part) {
                all.add(new SystemSide.Untaken(kept.packet, kept.settled));
                room.release(kept.packet);
            }
            part.clear();
        }
        return all;
    }

    /** The next message that brings packets; null when there is none to bring. Counts as written. */
    @Nullable
    String nextBatch() {
        if (waiting.isEmpty()) {
            return null;
        }
        StringBuilder json = new StringBuilder(512);
        json.append('{');
        appendReceived(json);
        json.append(",\"first\":").append(firstSent + sent.size());
        if (lost) {
            json.append(",\"lost\":true");
            lost = false;
        }
        json.append(",\"packets\":[");
        int count = 0;
        do {
            Kept next = waiting.removeFirst();
            if (count++ > 0) {
                json.append(',');
            }
            json.append(PacketCodec.write(next.cancelled ? NOTHING : next.packet));
            next.wasSent = true;
            sent.addLast(next);
        } while (!waiting.isEmpty() && count < BATCH_PACKETS && json.length() < BATCH_CHARS);
        return json.append("]}").toString();
    }

    /** How many packets have been dealt with that the other side has not been told of. */
    long untold() {
        return received - told;
    }

    /** A message that only tells what has been dealt with. */
    String acknowledgement() {
        StringBuilder json = new StringBuilder(64).append('{');
        appendReceived(json);
        return json.append('}').toString();
    }

    private void appendReceived(StringBuilder json) {
        told = received;
        json.append("\"received\":").append(received);
        refused.appendUntold(json);
    }

    /**
     * Takes a message of the other side's.
     *
     * @param taker gets the packets that have not come before; what it throws costs that packet alone
     * @return whether the other side has let packets fall
     * @throws MephistoException {@link ErrorCode#INVALID_INPUT} when it is no such message, or packets are missing before it; the
     *     connection cannot be used further
     */
    boolean receive(String message, Consumer<Packet> taker) {
        JsonScan scan;
        List<String> packets;
        long first;
        try {
            scan = JsonScan.trusted(message, "received", "first", "lost", "packets", "refused");
            acknowledge(Long.parseLong(scan.raw(0)), RefusedPackets.read(scan, 4));
            first = scan.isPresent(1) ? Long.parseLong(scan.raw(1)) : 0;
            packets = scan.isPresent(3) ? JsonScan.elements("The batch", scan.raw(3)) : List.of();
        } catch (IndexOutOfBoundsException | NumberFormatException | Refusal e) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT, "The other end of the channel sent what is no batch of packets.", e);
        }
        if (packets.isEmpty()) {
            return scan.isPresent(2);
        }
        if (first > received + 1) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "The other end of the channel sent packet " + first + " after packet " + received + ".");
        }
        int known = (int) Math.min(packets.size(), received + 1 - first);
        for (String packet : packets.subList(known, packets.size())) {
            received++;
            if (!take(packet, taker)) {
                refused.add(received);
            }
        }
        return scan.isPresent(2);
    }

    private static boolean take(String packet, Consumer<Packet> taker) {
        try {
            taker.accept(PacketCodec.read(packet));
            return true;
        } catch (MephistoException e) {
            LOG.warn("A packet from the other end of the channel is dropped: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A packet from the other end of the channel is dropped.", e);
        }
        return false;
    }

    private void acknowledge(long upTo, Set<Long> refusedThere) {
        while (firstSent <= upTo) {
            ArrayDeque<Kept> from = sent.isEmpty() ? waiting : sent;
            Kept next = from.peek();
            if (next == null || !next.wasSent) {
                return;
            }
            from.remove();
            room.release(next.packet);
            next.settled.accept(next.packet, !refusedThere.contains(firstSent++));
        }
    }
}
