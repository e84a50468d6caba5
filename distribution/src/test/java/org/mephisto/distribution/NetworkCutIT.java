package org.mephisto.distribution;

/** With our own page. */
final class NetworkCutIT extends NetworkCutContract {
    NetworkCutIT() {
        super(ChatWindow.Kind.OURS);
    }
}
