package org.mephisto.router;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonFields;

/**
 * Where the values of some fields of a JSON object stand in its text. The text is checked to its end in one pass, but no tree is built:
 * what the router only passes on stays a slice of the text. Confined to the thread that made it.
 */
final class JsonScan {
    /** Not interning names keeps hostile field names out of a table that all threads share. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonText text;
    private final FieldNames fields;
    private final int[] starts;
    private final int[] ends;
    private int end;

    private JsonScan(JsonText text, FieldNames fields) {
        this.text = text;
        this.fields = fields;
        this.starts = new int[fields.count()];
        this.ends = new int[fields.count()];
    }

    /**
     * Checks the whole text.
     *
     * @param what names the text in the refusal, such as {@code The request body}
     * @throws Refusal when it is not one JSON object, saying where, or names one of the fields twice
     */
    static JsonScan object(String what, String text, FieldNames fields) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        JsonScan quick = quick(utf8, utf8.length, fields);
        return quick.end >= 0 ? quick : thorough(what, text, fields);
    }

    /**
     * Likewise, of a text in UTF-8, which must not change for as long as somebody asks for what stands in it.
     *
     * @param utf8 begins with the text
     * @param length of the text, in bytes
     */
    static JsonScan object(String what, byte[] utf8, int length, FieldNames fields) {
        JsonScan quick = quick(utf8, length, fields);
        return quick.end >= 0 ? quick : thorough(what, new String(utf8, 0, length, StandardCharsets.UTF_8), fields);
    }

    private static JsonScan quick(byte[] utf8, int length, FieldNames fields) {
        JsonScan scan = new JsonScan(new JsonText.Utf8(utf8), fields);
        scan.end = QuickScan.object(
                utf8,
                length,
                (nameStart, nameEnd, start, end) -> scan.take(fields.indexOf(utf8, nameStart, nameEnd), start, end));
        return scan;
    }

    /** @return false when the field was there before */
    private boolean take(int field, int start, int end) {
        if (field < 0) {
            return true;
        }
        boolean isFirst = !isPresent(field);
        starts[field] = start;
        ends[field] = end;
        return isFirst;
    }

    private static JsonScan thorough(String what, String text, FieldNames fields) {
        JsonScan scan = new JsonScan(new JsonText.Characters(text), fields);
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw Refusal.invalid(what + " is empty; a JSON object is expected.");
            }
            if (first != JsonToken.START_OBJECT) {
                throw Refusal.invalid(what + " is not a JSON object.");
            }
            scan.walk(parser, what);
            scan.end = offset(parser);
            if (parser.nextToken() != null) {
                throw Refusal.invalid(what + " goes on after the end of the JSON object.");
            }
            return scan;
        } catch (JsonProcessingException e) {
            throw notJson(what, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks into text that is known to be well-formed, no further than the last of the fields; empty when it is not an object. */
    static JsonScan trusted(String text, String... fields) {
        JsonScan scan = new JsonScan(new JsonText.Characters(text), new FieldNames(fields));
        JsonFields found = JsonFields.of(text, fields);
        for (int i = 0; i < fields.length; i++) {
            if (found.has(i)) {
                scan.take(i, found.start(i), found.end(i));
            }
        }
        return scan;
    }

    /** The JSON texts of an array's elements. @throws Refusal when it is not one JSON array */
    static List<String> elements(String what, String array) {
        try (JsonParser parser = FACTORY.createParser(array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw Refusal.invalid(what + " is not a JSON array.");
            }
            List<String> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                elements.add(array.substring(start, offset(parser)));
            }
            return elements;
        } catch (JsonProcessingException e) {
            throw notJson(what, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Refusal when the text is not one JSON value of any kind */
    static void check(String what, String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw Refusal.invalid(what + " is empty; JSON is expected.");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw Refusal.invalid(what + " goes on after the end of the JSON value.");
            }
        } catch (JsonProcessingException e) {
            throw notJson(what, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void walk(JsonParser parser, String what) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int field = fields.indexOf(name);
            parser.nextToken();
            int start = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            parser.finishToken();
            if (!take(field, start, offset(parser))) {
                throw Refusal.invalid(what + " names \"" + fields.get(field) + "\" twice.");
            }
        }
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentLocation().getCharOffset();
    }

    private static Refusal notJson(String what, JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return Refusal.invalid(what + " is not JSON" + where + ": " + e.getOriginalMessage() + ".");
    }

    /** Whether the field is there with a value other than null. */
    boolean has(int field) {
        return isPresent(field) && text.at(starts[field]) != 'n';
    }

    /** Whether the field is there, be it null. */
    boolean isPresent(int field) {
        return ends[field] > 0;
    }

    boolean isObject(int field) {
        return isPresent(field) && text.at(starts[field]) == '{';
    }

    private boolean isString(int field) {
        return isPresent(field) && text.at(starts[field]) == '"';
    }

    private boolean isNumber(int field) {
        if (!isPresent(field)) {
            return false;
        }
        char first = text.at(starts[field]);
        return first == '-' || (first >= '0' && first <= '9');
    }

    /** Appends the whole object but for its closing brace. */
    void appendUnclosed(StringBuilder target) {
        target.append(text.slice(0, end - 1));
    }

    /** Appends the field's JSON text. */
    void appendRaw(int field, StringBuilder target) {
        target.append(raw(field));
    }

    /** The field's JSON text. */
    String raw(int field) {
        return text.slice(starts[field], ends[field]);
    }

    /** The string; null when it is absent or null. @throws Refusal when it is something else */
    @Nullable
    String string(int field) {
        if (!has(field)) {
            return null;
        }
        if (!isString(field)) {
            throw Refusal.invalid("\"" + fields.get(field) + "\" must be a string.");
        }
        String inner = text.slice(starts[field] + 1, ends[field] - 1);
        return inner.indexOf('\\') < 0 ? inner : Json.parse(raw(field)).asText();
    }

    /** Which of the names the string is; -1 for none, and for what is no string. */
    int indexOf(int field, FieldNames names) {
        if (!isString(field)) {
            return -1;
        }
        int asItStands = text.indexOf(names, starts[field] + 1, ends[field] - 1);
        return asItStands >= 0 ? asItStands : names.indexOf(Objects.requireNonNull(string(field)));
    }

    /** The string; null when it is anything else. */
    @Nullable
    String stringOrNull(int field) {
        return isString(field) ? string(field) : null;
    }

    /** The string. @throws Refusal when it is absent, null, empty or something else */
    String requireString(int field) {
        String value = string(field);
        if (value == null || value.isEmpty()) {
            throw Refusal.invalid("\"" + fields.get(field) + "\" is missing; it must be a string.");
        }
        return value;
    }

    /** @throws Refusal when the field is absent or not an object */
    void requireObject(int field) {
        if (!has(field)) {
            throw Refusal.invalid("\"" + fields.get(field) + "\" is missing; it must be an object.");
        }
        if (!isObject(field)) {
            throw Refusal.invalid("\"" + fields.get(field) + "\" must be an object.");
        }
    }

    /** The number; NaN when it is absent or null. @throws Refusal when it is something else, or too large to be a time */
    double number(int field) {
        if (!has(field)) {
            return Double.NaN;
        }
        if (!isNumber(field)) {
            throw Refusal.invalid("\"" + fields.get(field) + "\" must be a number.");
        }
        double value = JsonNumber.parse(text, starts[field], ends[field]);
        if (Double.isInfinite(value)) {
            throw Refusal.invalid("\"" + fields.get(field) + "\" is too large a number.");
        }
        return value;
    }
}
