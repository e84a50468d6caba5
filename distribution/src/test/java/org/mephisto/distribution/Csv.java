package org.mephisto.distribution;

import java.util.ArrayList;
import java.util.List;

/** A reader of CSV that demands what RFC 4180 says: CRLF after each record, quotes around what needs them, doubled quotes within. */
final class Csv {
    private final String text;
    private int at;

    private Csv(String text) {
        this.text = text;
    }

    static List<List<String>> parse(String text) {
        Csv csv = new Csv(text);
        List<List<String>> records = new ArrayList<>();
        while (csv.at < text.length()) {
            records.add(csv.nextRecord());
        }
        return records;
    }

    private List<String> nextRecord() {
        List<String> fields = new ArrayList<>();
        do {
            fields.add(text.startsWith("\"", at) ? quoted() : plain());
        } while (skip(","));
        if (!skip("\r\n")) {
            throw new AssertionError("No CRLF at " + at + " of:\n" + text);
        }
        return fields;
    }

    private String plain() {
        int start = at;
        while (at < text.length() && ",\r\n\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        at++;
        while (true) {
            int end = text.indexOf('"', at);
            if (end < 0) {
                throw new AssertionError("A quote is not closed in:\n" + text);
            }
            field.append(text, at, end);
            at = end + 1;
            if (!text.startsWith("\"", at)) {
                return field.toString();
            }
            field.append('"');
            at++;
        }
    }

    private boolean skip(String expected) {
        if (!text.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        return true;
    }
}
