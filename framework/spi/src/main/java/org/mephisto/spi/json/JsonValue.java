package org.mephisto.spi.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value in the form it came in: text off the wire stays text until somebody asks for the tree, a tree becomes text only when it
 * is written. Immutable as long as nobody changes the tree it gives out; thread-safe.
 */
public final class JsonValue {
    private static final JsonValue EMPTY_OBJECT = ofText("{}");

    private volatile @Nullable String text;
    private volatile @Nullable JsonNode node;
    private volatile byte @Nullable [] utf8;

    private JsonValue(@Nullable String text, @Nullable JsonNode node, byte @Nullable [] utf8) {
        this.text = text;
        this.node = node;
        this.utf8 = utf8;
    }

    /** Text that is known to be well-formed JSON, such as what {@link #text()} gave or a parser has passed over. */
    public static JsonValue ofText(String wellFormedJson) {
        return new JsonValue(Objects.requireNonNull(wellFormedJson), null, null);
    }

    /** Likewise, of text in UTF-8, which is not changed any more. */
    public static JsonValue ofUtf8(byte[] wellFormedJson) {
        return new JsonValue(null, null, Objects.requireNonNull(wellFormedJson));
    }

    /** A tree, which the caller no longer changes. */
    public static JsonValue of(JsonNode node) {
        return new JsonValue(null, Objects.requireNonNull(node), null);
    }

    /** Maps, lists, records and simple values, as Jackson writes them. */
    public static JsonValue of(@Nullable Object value) {
        return value instanceof JsonNode tree ? of(tree) : of(Json.toNode(value));
    }

    /** {@code {}}. */
    public static JsonValue emptyObject() {
        return EMPTY_OBJECT;
    }

    /** The tree, parsed on the first call; do not change it. */
    public JsonNode node() {
        JsonNode known = node;
        if (known == null) {
            known = Json.parse(text());
            node = known;
        }
        return known;
    }

    /** The tree as an object; an empty one when this is any other kind of value. Do not change it. */
    public ObjectNode object() {
        return node() instanceof ObjectNode object ? object : Json.object();
    }

    /** A string in the object that this is, found without building a tree; empty when this is no object or has no such string. */
    public Optional<String> string(String field) {
        JsonNode known = node;
        if (known != null) {
            return Optional.ofNullable(known.path(field).textValue());
        }
        String object = text();
        JsonFields found = JsonFields.ofOne(object, field);
        if (!found.has(0) || object.charAt(found.start(0)) != '"') {
            return Optional.empty();
        }
        String inner = object.substring(found.start(0) + 1, found.end(0) - 1);
        return Optional.of(
                inner.indexOf('\\') < 0 ? inner : Json.parse('"' + inner + '"').textValue());
    }

    /** The JSON text, written on the first call. */
    public String text() {
        String known = text;
        if (known == null) {
            byte[] encoded = utf8;
            known = encoded != null
                    ? new String(encoded, StandardCharsets.UTF_8)
                    : Json.write(Objects.requireNonNull(node));
            text = known;
        }
        return known;
    }

    /** The JSON text in UTF-8, encoded on the first call and kept; do not change it. */
    public byte[] utf8() {
        byte[] known = utf8;
        if (known == null) {
            known = text().getBytes(StandardCharsets.UTF_8);
            utf8 = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof JsonValue that && node().equals(that.node()));
    }

    @Override
    public int hashCode() {
        return node().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
