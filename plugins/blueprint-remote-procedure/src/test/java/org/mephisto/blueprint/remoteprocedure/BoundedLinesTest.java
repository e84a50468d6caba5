package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BoundedLinesTest {
    /** With a {@code +} after those that were cut. */
    private static List<String> lines(String text, int limit) throws IOException {
        List<String> found = new ArrayList<>();
        try (BoundedLines lines =
                new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limit)) {
            for (@Nullable String line = lines.read(); line != null; line = lines.read()) {
                found.add(lines.isCut() ? line + "+" : line);
            }
        }
        return found;
    }

    @Test
    void linesEndAsTheyDoOnEverySystemAndWithTheInput() throws Exception {
        assertThat(lines("über\nb\rc\r\nd", 100)).containsExactly("über", "b", "c", "", "d");
        assertThat(lines("a\n", 100)).containsExactly("a");
        assertThat(lines("", 100)).isEmpty();
    }

    @Test
    void aLineOfJustTheLimitIsWholeAndALongerOneComesInPieces() throws Exception {
        assertThat(lines("abc\nabcd\nabc", 3)).containsExactly("abc", "abc+", "d", "abc");
    }

    @Test
    void aLineMayBeLongerThanWhatIsReadAtOnce() throws Exception {
        String line = "x".repeat(20_000);

        assertThat(lines(line + "\n" + line, 20_000)).containsExactly(line, line);
    }
}
