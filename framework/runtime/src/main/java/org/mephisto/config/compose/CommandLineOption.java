package org.mephisto.config.compose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mephisto.config.bind.Problems;
import org.mephisto.config.yaml.YamlText;
import org.mephisto.spi.config.ConfigException;

/** One override as it is written on the command line. */
sealed interface CommandLineOption {
    /** {@code conf=NAME}, {@code +profile=NAME}, {@code mephisto/architect=TYPE}. */
    record Choice(String group, String name) implements CommandLineOption {}

    /** {@code a.b=value}, with or without plus signs. */
    record Assignment(String path, JsonNode value) implements CommandLineOption {}

    /** {@code ~a.b}. */
    record Removal(String path) implements CommandLineOption {}

    Pattern FORM = Pattern.compile("(~|\\+{0,2})([A-Za-z_][^=\\s]*)(?:=(.*))?", Pattern.DOTALL);

    /** Whether the key names a folder of configurations rather than an option. */
    interface GroupTest {
        boolean isGroup(String key);
    }

    /** Reads one; empty when it is none, which is reported. */
    static Optional<CommandLineOption> parse(String text, GroupTest groups, Problems problems) {
        Matcher matcher = FORM.matcher(text.strip());
        boolean fits = matcher.matches() && (matcher.group(3) != null || "~".equals(matcher.group(1)));
        if (!fits) {
            problems.add(
                    "\"" + text + "\"",
                    "is no override; write key=value, such as mephisto.task.task_reward=0.3, or ~key to remove one.");
            return Optional.empty();
        }
        String key = matcher.group(2);
        if ("~".equals(matcher.group(1))) {
            return Optional.of(new Removal(key));
        }
        if (key.contains("/") || key.equals("conf") || key.equals("profile") || groups.isGroup(key)) {
            return Optional.of(new Choice(key, matcher.group(3).strip()));
        }
        try {
            return Optional.of(new Assignment(key, YamlText.value("override " + key, matcher.group(3))));
        } catch (ConfigException e) {
            problems.addAll(e);
            return Optional.empty();
        }
    }
}
