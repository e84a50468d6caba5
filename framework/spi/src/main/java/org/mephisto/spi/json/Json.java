package org.mephisto.spi.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** Reads and writes JSON with the one mapper that every part shares. Thread-safe. */
public final class Json {
    /**
     * Configured once; never reconfigured, so it may be shared. Its buffers are shared too: kept for each thread, as is the default, every
     * virtual thread would make its own.
     */
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    /** An empty object to fill. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An empty array to fill. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** @throws MephistoException {@link ErrorCode#INVALID_INPUT} saying where the text stops being JSON */
    public static JsonNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new MephistoException(ErrorCode.INVALID_INPUT, "Not JSON: the text is empty.");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw notJson(e);
        }
    }

    /** Maps, lists, records and simple values, as Jackson writes them; null becomes JSON null. */
    public static JsonNode toNode(@Nullable Object value) {
        return Objects.requireNonNull(MAPPER.<JsonNode>valueToTree(value));
    }

    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new MephistoException(
                    ErrorCode.INTERNAL, "A value cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static MephistoException notJson(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return new MephistoException(ErrorCode.INVALID_INPUT, "Not JSON" + where + ": " + e.getOriginalMessage(), e);
    }
}
