package org.mephisto.distribution;

import java.time.Duration;

/** With our own page, which sees that its socket is closed and tries again at once. */
final class NetworkCutIT extends NetworkCutContract {
    NetworkCutIT() {
        super(ChatWindow.Kind.OURS);
    }

    @Override
    void cutOff(ChatWindow idle, Cable cable) {
        cable.unplug(Duration.ZERO, CUT);
    }
}
