package org.mephisto.config.yaml;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Says what type an unquoted scalar has. As OmegaConf has it, with two differences that keep people's text as text: {@code 12:30} is no
 * number to the base of 60, and {@code 007} no octal one.
 */
final class OmegaResolver extends Resolver {
    private static final Pattern BOOLEAN =
            Pattern.compile("true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF");
    private static final Pattern INTEGER = Pattern.compile("[-+]?(?:0|[1-9][0-9]*(?:_[0-9]+)*|0x[0-9a-fA-F]+)");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:[0-9]+(?:_[0-9]+)*\\.[0-9]*|\\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?");
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern MERGE = Pattern.compile("<<");

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, BOOLEAN, "yYnNtTfFoO");
        addImplicitResolver(Tag.INT, INTEGER, "-+0123456789");
        addImplicitResolver(Tag.FLOAT, NUMBER, "-+0123456789.");
        addImplicitResolver(Tag.MERGE, MERGE, "<");
        addImplicitResolver(Tag.NULL, NOTHING, "~nN\0");
    }
}
