package org.mephisto.threads;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Decides where each turn of one thread of blueprint code runs: on the platform thread of the event loop that asks for it, or beside it. */
final class CodeTurns implements Executor, Runnable {
    private final CodeThreads threads;
    private final Pace pace;
    private final Beside beside;
    /** Always the same one for a thread; known from its start on. */
    private @Nullable Runnable turn;

    CodeTurns(CodeThreads threads, Pace pace, Beside beside) {
        this.threads = threads;
        this.pace = pace;
        this.beside = beside;
    }

    /** @param next of this thread, or of one that its code has started */
    @Override
    public void execute(Runnable next) {
        if (turn == null) {
            turn = next;
        }
        if (turn != next) {
            beside.execute(next);
        } else if (!pace.isQuick() || !isTakenByLoop()) {
            beside.execute(this);
        }
    }

    private boolean isTakenByLoop() {
        EventLoopThread loop = threads.currentLoop();
        return loop != null && loop.take(this);
    }

    @Override
    public void run() {
        Runnable own = turn;
        if (own != null) {
            long begun = System.nanoTime();
            own.run();
            pace.count(System.nanoTime() - begun);
        }
    }
}
