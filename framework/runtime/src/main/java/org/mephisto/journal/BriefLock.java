package org.mephisto.journal;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that is held for less time than it takes to put a thread to sleep and wake it: whoever finds it taken looks some times more before
 * sleeping.
 */
public final class BriefLock extends ReentrantLock {
    private static final int LOOKS = 100;

    @Override
    public void lock() {
        for (int i = 0; i < LOOKS; i++) {
            if (tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        super.lock();
    }
}
