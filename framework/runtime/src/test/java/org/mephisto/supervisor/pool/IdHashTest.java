package org.mephisto.supervisor.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdHashTest {
    @Test
    void shortTextsHaveTheHashThatFnvGivesThem() {
        assertThat(IdHash.of("")).isEqualTo(0xCBF29CE484222325L);
        assertThat(IdHash.of("a")).isEqualTo(0xAF63BD4C8601B7BEL);
    }

    @Test
    void differentTextsOfAnyLengthHaveDifferentHashes() {
        SplittableRandom random = new SplittableRandom(17);
        Set<String> texts = new HashSet<>();
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("7d1c2f80-5b3e-4a6d-9f10-".repeat(2));
            text.setLength(1 + random.nextInt(text.length()));
            for (int changes = 0; changes < 3; changes++) {
                text.setCharAt(random.nextInt(text.length()), "0123456789é漢".charAt(random.nextInt(12)));
            }
            texts.add(text.toString());
            hashes.add(IdHash.of(text.toString()));
        }

        assertThat(hashes).hasSameSizeAs(texts).doesNotContain(0L).hasSizeGreaterThan(15_000);
    }

    @Test
    void theLastByteChangesOnlyTheLowestBits() {
        for (String start : new String[] {"", "1234567", "12345678", "7d1c2f80-5b3e-4a6d-9f10-"}) {
            assertThat(IdHash.of(start + "1") ^ IdHash.of(start + "2")).isEqualTo('1' ^ '2');
        }
    }
}
