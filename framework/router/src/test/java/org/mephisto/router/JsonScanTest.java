package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.json.Json;

class JsonScanTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-1.5e3",
                "true",
                "null",
                "\"text\"",
                "\"\"",
                "\"with \\\"quotes\\\" and \\\\\"",
                "\"ünïcödé 漢字 😀\"",
                "{}",
                "[]",
                "{\"a\":{\"b\":[1,2,{\"c\":\"}\"}]}}",
                "[ 1 , \"]\" , [ ] ]"
            })
    void everyKindOfValueIsFoundWhereItStands(String value) {
        for (String space : new String[] {"", " ", "\n\t "}) {
            String text = space + "{" + space + "\"é\":[{\"wanted\":0}]," + space + "\"wanted\"" + space + ":" + space
                    + value + space + ",\"after\":{\"wanted\":1}" + space + "}" + space;

            JsonScan scan = JsonScan.object("It", text, new FieldNames("absent", "wanted"));

            assertThat(scan.raw(1)).isEqualTo(value);
            assertThat(scan.isPresent(0)).isFalse();
            assertThat(scan.has(1)).isEqualTo(!value.equals("null"));
            StringBuilder unclosed = new StringBuilder();
            scan.appendUnclosed(unclosed);
            assertThat(unclosed + "}" + space).isEqualTo(text);
            JsonScan trusted = JsonScan.trusted(text, "absent", "wanted");
            assertThat(trusted.raw(1)).isEqualTo(value);
            assertThat(trusted.isPresent(0)).isFalse();
            assertThat(trusted.has(1)).isEqualTo(scan.has(1));
            assertThat(trusted.stringOrNull(1)).isEqualTo(scan.stringOrNull(1));
        }
    }

    @Test
    void aValueFarIntoALongTextIsFoundWhereItStands() {
        String text = "{\"long\":\"" + "x\\n".repeat(40_000) + "\",\"wanted\":{\"a\":1},\"tail\":\""
                + "y".repeat(50_000) + "\"}";

        JsonScan scan = JsonScan.object("It", text, new FieldNames("wanted"));

        assertThat(scan.raw(0)).isEqualTo("{\"a\":1}");
        StringBuilder unclosed = new StringBuilder();
        scan.appendUnclosed(unclosed);
        assertThat(unclosed + "}").isEqualTo(text);
    }

    @Test
    void aStringIsGivenWithoutItsEscapes() {
        JsonScan scan = JsonScan.object(
                "It", "{\"plain\":\"a b\",\"escaped\":\"a\\u0041\\n\"}", new FieldNames("plain", "escaped"));

        assertThat(scan.string(0)).isEqualTo("a b");
        assertThat(scan.string(1)).isEqualTo("aA\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "1",
                "[]",
                "null",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":tru}",
                "{\"a\":\"b}",
                "{\"a\":[1}",
                "{\"a\":NaN}",
                "{} {}",
                "{\"wanted\":1,\"wanted\":2}",
                "{\"a\":\"\u0001\"}"
            })
    void whatIsNotOneObjectIsRefused(String text) {
        assertThatThrownBy(() -> JsonScan.object("The thing", text, new FieldNames("wanted")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("The thing");
    }

    /** The short way may be unsure of anything, but is never wrong. */
    @Test
    void whateverIsTakenQuicklyTheLibraryTakesToo() {
        List<String> seeds = List.of(
                "{\"packet_type\":\"alive\",\"data\":{\"a\":[1,-2.5e+10,0.1,true,false,null,\"x\\n\\\\\"]},\"subject_id\":\"é漢\"}",
                " { \"a\" : { } , \"wanted\" : [ [ ] , { \"b\" : 0 } ] , \"n\" : -0.0E-7 }\n",
                "{\"wanted\":\"\\u0041\",\"\\u0077anted\":1}",
                "{\"n\":123456789012345678901234567,\"wanted\":1764000000.123456789,\"e\":1e12345678}");
        String alphabet = "{}[]\",:\\ \n\tu0123456789.-+eEtruefalsn\u0000\u001fé";
        SplittableRandom random = new SplittableRandom(7);
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(seeds.get(i % seeds.size()));
            for (int change = random.nextInt(3); change > 0; change--) {
                int at = random.nextInt(text.length());
                char with = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, with);
                    case 1 -> text.insert(at, with);
                    default -> text.deleteCharAt(at);
                }
            }
            byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
            if (QuickScan.object(utf8, utf8.length, (nameStart, nameEnd, start, end) -> true) >= 0) {
                taken++;
                assertThat(isOneObject(text.toString())).as(text.toString()).isTrue();
            }
        }
        assertThat(taken).isGreaterThan(20_000);
    }

    private static boolean isOneObject(String text) {
        try {
            return Json.MAPPER
                    .reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text)
                    .isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"wan\\u0074ed\"", "\"wanted\""})
    void aFieldIsFoundHoweverItsNameIsWritten(String name) {
        assertThat(JsonScan.object("It", "{" + name + ":1}", new FieldNames("wanted"))
                        .raw(0))
                .isEqualTo("1");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        String text = "{\"a\":" + "[".repeat(100_000);

        assertThatThrownBy(() -> JsonScan.object("It", text, new FieldNames("b")))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " { } ", "[]", "[1,2]", "null", "5 ", "\"text\""})
    void trustedTextWithoutFieldsHasNone(String text) {
        assertThat(JsonScan.trusted(text, "agent_id").isPresent(0)).isFalse();
    }

    @Test
    void trustedTextIsReadNoFurtherThanNeeded() {
        JsonScan scan = JsonScan.trusted("{\"agent_id\":\"a1\",\"rest\": this is never looked at", "agent_id");

        assertThat(scan.string(0)).isEqualTo("a1");
    }
}
