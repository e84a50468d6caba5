package org.mephisto.config.compose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.mephisto.config.bind.Problems;

/**
 * One entry of a {@code defaults:} list.
 *
 * @param group such as {@code mephisto/blueprint} or {@code profile}; empty for a file beside this one
 * @param name the type or the file
 * @param override whether it changes a choice that another entry made
 * @param optional whether a missing file is fine
 */
record DefaultsEntry(String group, String name, boolean override, boolean optional) {
    private static final String SELF_NAME = "_self_";
    static final DefaultsEntry SELF = new DefaultsEntry("", SELF_NAME, false, false);

    boolean isSelf() {
        return name.equals(SELF_NAME);
    }

    /** Reads the list; what is no entry is reported. */
    static List<DefaultsEntry> list(String file, JsonNode defaults, Problems problems) {
        List<DefaultsEntry> entries = new ArrayList<>();
        if (!defaults.isMissingNode() && !defaults.isNull() && !defaults.isArray()) {
            problems.add("defaults", "must be a list, such as \"- /mephisto/blueprint: static_task\" (" + file + ").");
            return entries;
        }
        for (JsonNode entry : defaults) {
            if (entry.isTextual()) {
                entries.add(named(entry.textValue()));
            } else if (entry.isObject() && entry.size() == 1) {
                entry.properties().forEach(choice -> addChoices(choice.getKey(), choice.getValue(), entries));
            } else {
                problems.add(
                        "defaults[" + entries.size() + "]",
                        "must be a file's name or one \"group: name\", not \"" + entry + "\" (" + file + ").");
            }
        }
        return entries;
    }

    /** The entries in the order in which they are laid over one another: later wins. */
    static List<DefaultsEntry> inOrder(List<DefaultsEntry> entries) {
        List<DefaultsEntry> ordered = new ArrayList<>();
        entries.stream().filter(entry -> !entry.override).forEach(ordered::add);
        entries.stream().filter(DefaultsEntry::override).forEach(ordered::add);
        if (!entries.contains(SELF)) {
            ordered.add(SELF);
        }
        return ordered;
    }

    private static DefaultsEntry named(String text) {
        boolean optional = text.startsWith("optional ");
        String name = optional ? text.substring("optional ".length()).strip() : text;
        return new DefaultsEntry("", name, false, optional);
    }

    private static void addChoices(String key, JsonNode value, List<DefaultsEntry> entries) {
        List<String> words = new ArrayList<>(List.of(key.strip().split("\\s+")));
        String group = words.removeLast().replaceAll("@.*$", "").replaceAll("^/+", "");
        boolean override = words.contains("override");
        boolean optional = words.contains("optional");
        if (value.isArray()) {
            value.forEach(each -> entries.add(new DefaultsEntry(group, each.asText(), override, optional)));
        } else if (!value.isNull()) {
            entries.add(new DefaultsEntry(group, value.asText(), override, optional));
        }
    }
}
