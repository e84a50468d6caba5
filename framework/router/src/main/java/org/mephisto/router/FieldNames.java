package org.mephisto.router;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Names that are looked for in JSON texts, mostly of fields, also in UTF-8. Immutable. */
final class FieldNames {
    private final List<String> names;
    private final byte[][] utf8;

    FieldNames(String... names) {
        this.names = List.of(names);
        this.utf8 = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            utf8[i] = names[i].getBytes(StandardCharsets.UTF_8);
        }
    }

    int count() {
        return utf8.length;
    }

    String get(int field) {
        return names.get(field);
    }

    /** Which of them this is; -1 for none. */
    int indexOf(String name) {
        return names.indexOf(name);
    }

    /** Which of them stands there; -1 for none. */
    int indexOf(byte[] text, int from, int to) {
        for (int i = 0; i < utf8.length; i++) {
            if (utf8[i].length == to - from && Arrays.equals(utf8[i], 0, to - from, text, from, to)) {
                return i;
            }
        }
        return -1;
    }
}
