package org.mephisto.threads;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual thread of an event loop, whose platform thread also runs turns of blueprint code whenever the loop makes way. If one does not
 * end, that platform thread is left to it, and another goes on with the loop.
 *
 * <p>Two platform threads may serve it for a moment when one is replaced just as it is free again. That harms nothing, as each turn is handed
 * to one of them only.
 */
public final class EventLoopThread {
    /** So many turns the loop takes before it goes on; with more, other processors help. */
    private static final int MOST_TURNS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(EventLoopThread.class);

    private final Thread thread;
    private final Pace pace;
    private final Beside beside;
    private final Queue<CodeTurns> code = new ConcurrentLinkedQueue<>();
    /** The loop's own next turn, when it can go on. */
    private final AtomicReference<@Nullable Runnable> due = new AtomicReference<>();

    private final AtomicInteger carriers = new AtomicInteger();
    /** Always the same; known from the loop's start on. */
    private volatile @Nullable Runnable ownTurn;

    private volatile Carrier carrier;
    /** Since the loop made way; its own. */
    private int taken;

    EventLoopThread(String name, OwnScheduler scheduler, Pace pace, Beside beside, Runnable loop) {
        this.pace = pace;
        this.beside = beside;
        this.thread = scheduler.threads(this::execute).name(name).unstarted(loop);
        this.carrier = new Carrier();
    }

    Thread thread() {
        return thread;
    }

    boolean hasEnded() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    /** @param turn the loop's, or that of a thread which was started on it */
    private void execute(Runnable turn) {
        if (ownTurn == null) {
            ownTurn = turn;
            carrier.thread.start();
        }
        if (turn == ownTurn) {
            due.set(turn);
            carrier.wake();
        } else {
            beside.execute(turn);
        }
    }

    /** Called on the loop. @return whether the loop runs this turn when it next makes way */
    boolean take(CodeTurns turn) {
        if (taken >= MOST_TURNS) {
            return false;
        }
        taken++;
        code.add(turn);
        return true;
    }

    /** Called on the loop before it waits for more to do: runs what it has taken. @return whether there was something */
    @SuppressWarnings("ThreadPriorityCheck") // A virtual thread that yields lets its scheduler go on, and that is ours.
    public boolean makeWay() {
        boolean hasTaken = taken > 0;
        if (hasTaken) {
            taken = 0;
            Thread.yield();
        }
        return hasTaken;
    }

    /**
     * Has another platform thread go on with the loop when the same turn of code has had it since the last look, and what the loop had taken
     * run beside it when it does not get to that. Called by the watch alone.
     *
     * @return whether a turn of code has begun or ended since the last look
     */
    boolean look() {
        Carrier now = carrier;
        long progress = now.progress.get();
        boolean hasMoved = progress != now.progressBefore;
        now.progressBefore = progress;
        if (!hasMoved) {
            // First, as what waits may be like what keeps the thread.
            for (CodeTurns turn = code.poll(); turn != null; turn = code.poll()) {
                beside.execute(turn);
            }
            if (now.runsCode(progress)) {
                pace.distrust();
                replaceCarrier();
            }
        }
        return hasMoved;
    }

    private void replaceCarrier() {
        LOG.debug("Blueprint code keeps the platform thread of {}, which goes on with another.", thread.getName());
        Carrier next = new Carrier();
        carrier = next;
        next.thread.start();
    }

    /** A platform thread that serves the loop, and how far it has come. */
    private final class Carrier implements Runnable {
        private final Thread thread = Thread.ofPlatform()
                .daemon()
                .name(EventLoopThread.this.thread.getName() + "-carrier-" + carriers.getAndIncrement())
                .unstarted(this);
        /** Begun and ended turns of code together. */
        private final AtomicLong progress = new AtomicLong();
        /** The watch's own. */
        private long progressBefore;

        private boolean runsCode(long begunAndEnded) {
            return begunAndEnded % 2 == 1;
        }

        @Override
        public void run() {
            while (carrier == this) {
                CodeTurns turn = code.poll();
                Runnable loop = turn == null ? due.getAndSet(null) : null;
                if (turn != null) {
                    progress.lazySet(progress.getPlain() + 1);
                    runTurn(turn);
                    progress.lazySet(progress.getPlain() + 1);
                } else if (loop != null) {
                    runTurn(loop);
                } else if (hasEnded()) {
                    return;
                } else {
                    LockSupport.park(this);
                }
            }
        }

        /** A turn's failures stay in its thread; what comes out here is the JVM's own, and must not end the loop. */
        private void runTurn(Runnable turn) {
            try {
                turn.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A turn failed on the thread of {}.", EventLoopThread.this.thread.getName(), e);
            }
        }

        void wake() {
            if (Thread.currentThread() != thread) {
                LockSupport.unpark(thread);
            }
        }
    }
}
