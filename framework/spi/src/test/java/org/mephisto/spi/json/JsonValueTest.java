package org.mephisto.spi.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\"}",
                " { \"id\" : \"a\" } ",
                "{\"n\":1,\"x\":{\"y\":[\"}\",{}]},\"id\":\"a\"}",
                "{\"id\":\"a\",\"x\":{\"y\":[\"}\\\"]\",{}]}}",
                "{\"x\":\"id\",\"id\":\"a\"}",
                "{\"x\":{\"id\":\"b\"},\"id\":\"a\"}",
                "{\"id\":\"\\u0061\"}",
                "{\"漢\":\"\\\\\",\"id\":\"a\"}"
            })
    void aStringOfTheObjectItselfIsFound(String text) {
        assertThat(JsonValue.ofText(text).string("id")).contains("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "5",
                "\"id\"",
                " \"id\" ",
                "id",
                "[\"id\"]",
                "[{\"id\":\"a\"}]",
                "{\"id\":1}",
                "{\"id\":null}",
                "{\"x\":\"id\"}",
                "{\"x\":{\"id\":\"a\"}}",
                "{\"x\":{\"id\":\"a\"},\"y\":\"id\"}",
                "{\"my_id\":\"a\",\"x\":1}",
                "{\"id_of\":\"a\"}",
                "{\"x\\\"id\":\"a\"}",
                "{\"x,\\\"id\":\"a\"}",
                "{\"x\":\"{\\\"id\\\":\\\"a\\\"}\"}",
                "{\"x\":\", \\\"id\"}"
            })
    void nothingElseIsTakenForOne(String text) {
        assertThat(JsonValue.ofText(text).string("id")).isEmpty();
    }

    @Test
    void whatIsFoundInTextIsWhatIsInTheTree() {
        int there = 0;
        for (int i = 0; i < 50_000; i++) {
            ObjectNode object = randomObject(0);
            String expected = object.path("id").textValue();
            there += expected == null ? 0 : 1;

            assertThat(JsonValue.ofText(object.toString()).string("id").orElse(null))
                    .as(object.toString())
                    .isEqualTo(expected);
        }
        assertThat(there).isGreaterThan(3_000);
    }

    @Test
    void textInUtf8IsAsGoodAsAnyOther() {
        byte[] utf8 = "{\"id\":\"漢\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(JsonValue.ofUtf8(utf8).text()).isEqualTo("{\"id\":\"漢\"}");
        assertThat(JsonValue.ofUtf8(utf8).utf8()).isEqualTo(utf8);
        assertThat(JsonValue.ofUtf8(utf8).string("id")).contains("漢");
        assertThat(JsonValue.ofUtf8(utf8)).isEqualTo(JsonValue.of(Json.object().put("id", "漢")));
    }

    private ObjectNode randomObject(int depth) {
        ObjectNode object = Json.object();
        for (int fields = random.nextInt(4); fields > 0; fields--) {
            object.set(randomOf("id", "x", "my id", "\"id", "id\\", "{", "漢"), randomValue(depth + 1));
        }
        return object;
    }

    private JsonNode randomValue(int depth) {
        return switch (random.nextInt(depth < 4 ? 5 : 3)) {
            case 0 -> Json.toNode(random.nextInt(1000));
            case 1, 2 -> Json.toNode(randomOf("id", "", "a", ",\"id", "\\\"id\":", "}]", " \\"));
            case 3 -> randomObject(depth);
            default -> {
                ArrayNode array = Json.MAPPER.createArrayNode();
                array.add(randomValue(depth + 1)).add(randomValue(depth + 1));
                yield array;
            }
        };
    }

    private String randomOf(String... choices) {
        return List.of(choices).get(random.nextInt(choices.length));
    }
}
