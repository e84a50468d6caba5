package org.mephisto.distribution;

import java.io.IOException;

/** With our own page, which sees that its socket is closed and tries again at once. */
final class NetworkCutIT extends NetworkCutContract {
    NetworkCutIT() {
        super(ChatWindow.Kind.OURS);
    }

    @Override
    void cutOff(ChatWindow idle, Cable cable) throws IOException {
        cable.unplug();
    }

    @Override
    void mend(Cable cable) throws InterruptedException {
        cable.awaitRefusal();
        cable.plugIn();
    }
}
