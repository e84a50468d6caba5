package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "0.1",
                "1764000000.123",
                "99999999999999.9",
                "999999999999999",
                "9007199254740993",
                "0.000000000000001",
                "123456789012345678901234567890",
                "1e3",
                "1.5E-3",
                "-17.25",
                "1e400"
            })
    void numbersAreReadAsJavaReadsThem(String number) {
        assertThat(JsonNumber.parse(new JsonText.Characters("[" + number + "]"), 1, 1 + number.length()))
                .isEqualTo(Double.parseDouble(number));
    }

    @Test
    void decimalsOfAnyLengthAreReadAsJavaReadsThem() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) {
            String digits = Long.toString(random.nextLong(Long.MAX_VALUE) >>> random.nextInt(60));
            int point = random.nextInt(digits.length()) + 1;
            String number =
                    point == digits.length() ? digits : digits.substring(0, point) + "." + digits.substring(point);

            assertThat(JsonNumber.parse(new JsonText.Characters(number), 0, number.length()))
                    .as(number)
                    .isEqualTo(Double.parseDouble(number));
        }
    }
}
