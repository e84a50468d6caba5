package org.mephisto.spi.json;

/**
 * Where the values of some fields stand in the text of a JSON object that is known to be well-formed. Nothing is parsed that is not looked
 * for: the search ends at the last of the fields. Confined to the thread that made it.
 */
public final class JsonFields {
    private final String text;
    private final String[] names;
    private final int[] starts;
    private final int[] ends;

    private JsonFields(String text, String[] names) {
        this.text = text;
        this.names = names;
        this.starts = new int[names.length];
        this.ends = new int[names.length];
    }

    /** Finds the fields; none in a text that is not an object. What happens with ill-formed text is not defined. */
    public static JsonFields of(String wellFormed, String... names) {
        JsonFields fields = new JsonFields(wellFormed, names);
        int at = fields.skipSpace(0);
        int found = 0;
        while (found < names.length && (wellFormed.charAt(at) == '{' || wellFormed.charAt(at) == ',')) {
            int name = fields.skipSpace(at + 1);
            if (wellFormed.charAt(name) != '"') {
                break;
            }
            int nameEnd = fields.endOfString(name);
            int start = fields.skipSpace(fields.skipSpace(nameEnd) + 1);
            int end = fields.endOfValue(start);
            int field = fields.indexOf(name + 1, nameEnd - 1);
            if (field >= 0) {
                fields.starts[field] = start;
                fields.ends[field] = end;
                found++;
            }
            at = fields.skipSpace(end);
        }
        return fields;
    }

    /** Finds one field, without a look at what stands before it if its name is nowhere else in the text. */
    static JsonFields ofOne(String wellFormed, String name) {
        int at = wellFormed.indexOf(name);
        if (at >= 0 && wellFormed.indexOf(name, at + 1) >= 0) {
            return of(wellFormed, name);
        }
        JsonFields fields = new JsonFields(wellFormed, new String[] {name});
        if (at >= 0) {
            fields.takeIfOutermost(at);
        }
        return fields;
    }

    private void takeIfOutermost(int name) {
        int nameEnd = name + names[0].length();
        if (name < 2 || !startsName(name - 1) || !text.startsWith("\"", nameEnd)) {
            return;
        }
        int colon = skipSpace(nameEnd + 1);
        if (!text.startsWith(":", colon)) {
            return;
        }
        int start = skipSpace(colon + 1);
        int end = endOfValue(start);
        if (ended(end) == 1) {
            starts[0] = start;
            ends[0] = end;
        }
    }

    /** Whether a name or a string begins there, and not only one that goes on behind an escaped quote. */
    private boolean startsName(int quote) {
        char before = text.charAt(quote - 1);
        return text.charAt(quote) == '"' && (before == '{' || before == ',' || before <= ' ');
    }

    /** How many more objects and arrays end behind this place than begin. */
    private int ended(int from) {
        int ended = 0;
        for (int at = from; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '"' -> at = endOfString(at) - 1;
                case '{', '[' -> ended--;
                case '}', ']' -> ended++;
                default -> {}
            }
        }
        return ended;
    }

    /** Whether the field is there, be it null. */
    public boolean has(int field) {
        return ends[field] > 0;
    }

    /** Where the field's value begins in the text. */
    public int start(int field) {
        return starts[field];
    }

    /** Just after the field's value. */
    public int end(int field) {
        return ends[field];
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    /** Just after the closing quote. */
    private int endOfString(int openingQuote) {
        int quote = text.indexOf('"', openingQuote + 1);
        while (isEscaped(quote)) {
            quote = text.indexOf('"', quote + 1);
        }
        return quote + 1;
    }

    private boolean isEscaped(int quote) {
        int before = quote - 1;
        while (text.charAt(before) == '\\') {
            before--;
        }
        return (quote - before) % 2 == 0;
    }

    private int endOfValue(int start) {
        int depth = 0;
        int at = start;
        while (true) {
            switch (text.charAt(at)) {
                case '"' -> at = endOfString(at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
            char next = text.charAt(at);
            boolean isEnd = next == ',' || next == '}' || next == ']' || next <= ' ';
            if (depth == 0 && isEnd) {
                return at;
            }
        }
    }

    private int indexOf(int from, int to) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].length() == to - from && text.startsWith(names[i], from)) {
                return i;
            }
        }
        return -1;
    }
}
