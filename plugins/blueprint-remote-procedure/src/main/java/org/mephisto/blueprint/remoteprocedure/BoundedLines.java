package org.mephisto.blueprint.remoteprocedure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8, of which no more is kept than a limit. Confined to one thread. */
final class BoundedLines implements AutoCloseable {
    private static final int BUFFER_BYTES = 8192;

    private final InputStream in;
    private final int limit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int end;
    private boolean cut;

    /** @param limit bytes of a line, at least 1 */
    BoundedLines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** The next line, or so much of it as the limit allows ({@link #isCut}): the rest comes as lines then. Null at the end. */
    @Nullable
    String read() throws IOException {
        line.reset();
        cut = false;
        while (next < end || fill()) {
            takeUntilLineEnd();
            if (next < end) {
                cut = !isLineEnd(buffer[next]);
                next += cut ? 0 : 1;
                return text();
            }
        }
        return line.size() == 0 ? null : text();
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private void takeUntilLineEnd() {
        int from = next;
        int last = Math.min(end, from + limit - line.size());
        while (next < last && !isLineEnd(buffer[next])) {
            next++;
        }
        line.write(buffer, from, next - from);
    }

    private static boolean isLineEnd(byte character) {
        return character == '\n' || character == '\r';
    }

    private String text() {
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Whether the line read last is longer. */
    boolean isCut() {
        return cut;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
