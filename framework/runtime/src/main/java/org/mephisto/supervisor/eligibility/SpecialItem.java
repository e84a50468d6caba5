package org.mephisto.supervisor.eligibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/**
 * One item of screening or gold data.
 *
 * @param key the same for the same item, in every run
 * @param assignment what the unit's page may know
 * @param expect the fields and values that are right, where the item says so
 */
public record SpecialItem(String key, AssignmentData assignment, Optional<JsonValue> expect) {
    private static final String EXPECT = "expect";
    private static final int KEY_BYTES = 16;

    /** @throws MephistoException {@code INVALID_INPUT} when it is not an object */
    static SpecialItem of(JsonNode item) {
        if (!(item instanceof ObjectNode given)) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "An item of screening or gold data is not an object: \"" + item
                            + "\". Give each item as an object of fields.");
        }
        ObjectNode shared = given.deepCopy();
        shared.remove(EXPECT);
        JsonNode expect = given.path(EXPECT);
        return new SpecialItem(
                key(given),
                AssignmentData.of(shared, 1),
                expect.isObject() ? Optional.of(JsonValue.of(expect)) : Optional.empty());
    }

    private static String key(ObjectNode item) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(Json.write(item).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
