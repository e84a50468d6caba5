package org.mephisto.router;

import io.vertx.core.Context;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.ChannelListener;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel to a router in the same process: packets pass as objects. The system side's go through a bounded queue that the router's
 * event loop empties, woken once for many; the router's are handed to the listener on the event loop. Thread-safe.
 */
final class LocalChannel implements Channel, SystemSide {
    private static final Logger LOG = LoggerFactory.getLogger(LocalChannel.class);
    private static final int BATCH = 256;
    private static final int MOST_RESUMED_AT_ONCE = 1_000;
    private static final Set<PacketType> FOR_PAGES =
            EnumSet.of(PacketType.CLIENT_BOUND_LIVE_UPDATE, PacketType.ALIVE, PacketType.FLOW_CONTROL);

    private final String name;
    private final Relay relay;
    private final Context context;
    private final Thread loop;
    /** Without locks, at which the loop and the sender of a lone update would meet. */
    private final Queue<Sent> queue = new ConcurrentLinkedQueue<>();

    private final PacketRoom room;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean opened = new AtomicBoolean();
    /** The loop's own. */
    private boolean pauseIsDue;

    /** Agents for whose pages something found no room. Until these are sent all that they have missed nothing else is kept for them. */
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    private volatile boolean hasLost;
    private volatile @Nullable ChannelListener listener;
    private volatile boolean closed;

    /** What the system side sends. */
    private static final class Sent {
        final Packet packet;
        /** The text for the page, in UTF-8; null for what is not meant for a page as it is. */
        final byte @Nullable [] frame;

        private Sent(Packet packet, byte @Nullable [] frame) {
            this.packet = packet;
            this.frame = frame;
        }

        /** Written here, on the sender's thread, as all pages share one event loop. */
        static Sent of(Packet packet) {
            return new Sent(
                    packet, packet.type() == PacketType.CLIENT_BOUND_LIVE_UPDATE ? PacketCodec.frame(packet) : null);
        }
    }

    /** Called on the event loop that the router lives on. */
    LocalChannel(String name, Relay relay, Context context, int capacity) {
        this.name = name;
        this.relay = relay;
        this.context = context;
        this.loop = Thread.currentThread();
        this.room = new PacketRoom(capacity, Long.MAX_VALUE);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(ChannelListener taker) {
        if (closed || !opened.compareAndSet(false, true)) {
            throw new MephistoException(
                    ErrorCode.CONFLICT, "The channel \"" + name + "\" was opened before; it is opened once.");
        }
        listener = taker;
        context.runOnContext(loop -> {
            if (!closed) {
                relay.attach(this);
            }
        });
    }

    @Override
    public boolean isAlive() {
        return listener != null && !closed;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean enqueueSend(Packet packet) {
        if (!isAlive()) {
            return false;
        }
        if (hasLost && isPartOfMore(packet)) {
            return false;
        }
        if (Thread.currentThread() == loop && queue.isEmpty() && relay.isAttached(this)) {
            deliver(new Sent(packet, null));
            return true;
        }
        if (!room.take(packet)) {
            lose(packet);
            return false;
        }
        queue.add(Sent.of(packet));
        wake();
        return true;
    }

    /** Whether the page is going to be sent all that it has missed, and this with it. */
    private boolean isPartOfMore(Packet packet) {
        return FOR_PAGES.contains(packet.type()) && lost.contains(packet.subjectId());
    }

    /** Who asked for an answer asks again; to pages what they have lost is brought by {@link #tick}. */
    private void lose(Packet packet) {
        if (FOR_PAGES.contains(packet.type()) || packet.type() == PacketType.UPDATE_STATUS) {
            lost.add(packet.subjectId());
            hasLost = true;
        }
    }

    /** Has the pages sent what found no room, some after the other, as much more than there is room for may have been lost. */
    @Override
    public void tick(long now) {
        if (!hasLost || !queue.isEmpty()) {
            return;
        }
        hasLost = false;
        Iterator<String> agentIds = lost.iterator();
        for (int i = 0; i < MOST_RESUMED_AT_ONCE && agentIds.hasNext(); i++) {
            String agentId = agentIds.next();
            agentIds.remove();
            relay.connections().resume(agentId);
        }
        if (!lost.isEmpty()) {
            hasLost = true;
        }
    }

    private void wake() {
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(loop -> drain());
        }
    }

    private void drain() {
        if (drainBatch() == BATCH) {
            context.runOnContext(loop -> drain());
            return;
        }
        scheduled.set(false);
        if (!queue.isEmpty()) {
            wake();
        }
    }

    private int drainBatch() {
        for (int i = 0; i < BATCH; i++) {
            Sent sent = queue.poll();
            if (sent == null) {
                return i;
            }
            room.release(sent.packet);
            deliver(sent);
        }
        return BATCH;
    }

    private void deliver(Sent sent) {
        try {
            if (sent.frame == null) {
                relay.fromSystem(this, sent.packet);
            } else {
                relay.liveUpdateFromSystem(sent.packet.subjectId(), sent.frame);
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "A packet of type \"{}\" from the system side is dropped.",
                    sent.packet.type().word(),
                    e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        context.runOnContext(loop -> {
            while (!queue.isEmpty()) {
                drain();
            }
            relay.detach(this);
        });
    }

    @Override
    public boolean send(Packet packet) {
        ChannelListener taker = listener;
        return taker != null && !closed && hand(packet, taker);
    }

    @Override
    public boolean send(Packet packet, Settled settled) {
        ChannelListener taker = listener;
        if (taker == null || closed) {
            return false;
        }
        settled.accept(packet, hand(packet, taker));
        return true;
    }

    /** Whether the system side has taken the packet; if not, it is dropped. */
    private boolean hand(Packet packet, ChannelListener taker) {
        try {
            taker.onPacket(this, packet);
            pauseSoon(taker);
            return true;
        } catch (MephistoException e) {
            LOG.warn("A packet of type \"{}\" is dropped: {}", packet.type().word(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error(
                    "The system side failed at a packet of type \"{}\", which is dropped.",
                    packet.type().word(),
                    e);
            return false;
        }
    }

    /** What pages have sent by now is read before the loop comes to it. */
    private void pauseSoon(ChannelListener taker) {
        if (!pauseIsDue) {
            pauseIsDue = true;
            context.runOnContext(loop -> {
                pauseIsDue = false;
                taker.onPause(this);
            });
        }
    }

    @Override
    public boolean keepsUpdates() {
        return true;
    }

    @Override
    public long lastSignOfLife(long now) {
        return now;
    }

    @Override
    public boolean isThere() {
        return isAlive();
    }

    @Override
    public void dismiss(SystemSide.Farewell farewell) {
        LOG.debug("The channel {} is dismissed: {}", name, farewell.reason());
        boolean wasAlive = isAlive();
        closed = true;
        ChannelListener taker = listener;
        if (wasAlive && taker != null) {
            taker.onDisconnect(this);
        }
    }
}
