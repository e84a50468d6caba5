package org.mephisto.benchmark;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What a round of load asks, one request after another. Thread-safe: event loops share it. */
interface RequestSource {
    /** Where the requests are posted. */
    String path();

    /** The next request's body; null when there are no more. */
    @Nullable
    Buffer next();

    /** Looks at an answer: null when it is as it should be, otherwise what is wrong with it. */
    @Nullable
    String problem(int status, Buffer answer);
}
