package org.mephisto.distribution;

/** With a page made with the original's published client. */
final class PublishedPageNetworkCutIT extends NetworkCutContract {
    PublishedPageNetworkCutIT() {
        super(ChatWindow.Kind.PUBLISHED);
    }
}
