package org.mephisto.threads;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Starts the threads of blueprint code, one virtual thread for each unit, assignment or onboarding, and those of the event loops that share
 * theirs with it. Thread-safe. Once closed, nobody watches over code that keeps a thread to itself.
 */
public final class CodeThreads implements AutoCloseable {
    private final Optional<Shared> shared;

    private CodeThreads(Optional<Shared> shared) {
        this.shared = shared;
    }

    /** What there is where event loops share their threads. */
    private record Shared(OwnScheduler scheduler, Pace pace, Beside beside, List<EventLoopThread> loops, Thread watch) {
        static Shared start(OwnScheduler scheduler) {
            // Few: only loops that have something to do have a thread.
            List<EventLoopThread> loops = new CopyOnWriteArrayList<>();
            Beside beside = new Beside();
            Thread watch =
                    Thread.ofPlatform().daemon().name("code-thread-watch").start(new ThreadWatch(loops, beside));
            return new Shared(scheduler, new Pace(), beside, loops, watch);
        }
    }

    /** Shared with event loops where the JVM makes that possible. */
    public static CodeThreads create() {
        return with(OwnScheduler.find());
    }

    /** Shared with event loops if there is a scheduler for both. */
    static CodeThreads with(Optional<OwnScheduler> scheduler) {
        return new CodeThreads(scheduler.map(Shared::start));
    }

    /** Whether there can be a {@link #newLoop}. */
    public boolean areShared() {
        return shared.isPresent();
    }

    /** Starts a virtual thread of blueprint code. */
    public Thread start(String name, Runnable code) {
        Thread.Builder.OfVirtual threads = shared.map(
                        own -> own.scheduler.threads(new CodeTurns(this, own.pace, own.beside)))
                .orElseGet(Thread::ofVirtual);
        return threads.name(name).start(code);
    }

    /**
     * A thread for an event loop, not started yet. Before it waits for more to do, the loop must call {@link EventLoopThread#makeWay} on its
     * {@link #currentLoop}.
     *
     * @throws java.util.NoSuchElementException unless {@link #areShared}
     */
    public Thread newLoop(String name, Runnable code) {
        Shared own = shared.orElseThrow();
        EventLoopThread loop = new EventLoopThread(name, own.scheduler, own.pace, own.beside, code);
        own.loops.add(loop);
        return loop.thread();
    }

    /** The event loop that runs on this thread; null when none of ours does. */
    public @Nullable EventLoopThread currentLoop() {
        if (shared.isPresent()) {
            Thread current = Thread.currentThread();
            for (EventLoopThread loop : shared.get().loops) {
                if (loop.thread() == current) {
                    return loop;
                }
            }
        }
        return null;
    }

    @Override
    public void close() {
        shared.ifPresent(own -> own.watch.interrupt());
    }
}
