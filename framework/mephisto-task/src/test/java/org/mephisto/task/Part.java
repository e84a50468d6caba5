package org.mephisto.task;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a multipart body.
 *
 * @param filename empty for a text field
 */
public record Part(String text, String filename) {
    private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"(?:; filename=\"([^\"]*)\")?");

    static Map<String, Part> parse(String contentType, String body) {
        String boundary = "--" + contentType.substring(contentType.indexOf("boundary=") + "boundary=".length());
        Map<String, Part> parts = new LinkedHashMap<>();
        for (String section : body.split(Pattern.quote(boundary), -1)) {
            int end = section.indexOf("\r\n\r\n");
            Matcher name = NAME.matcher(section);
            if (end > 0 && name.find()) {
                String filename = name.group(2) == null ? "" : name.group(2);
                parts.put(name.group(1), new Part(section.substring(end + 4, section.length() - 2), filename));
            }
        }
        return parts;
    }
}
