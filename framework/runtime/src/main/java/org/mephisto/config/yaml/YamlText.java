package org.mephisto.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.config.ConfigException;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/** Reads YAML text. All methods may be called from any thread. */
public final class YamlText {
    private static final Pattern PACKAGE = Pattern.compile("\\A(?:\\s*(?:#[^\\n]*)?\\n)*?\\s*#\\s*@package\\s+(\\S+)");
    private static final int CODE_POINT_LIMIT = 64 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private YamlText() {}

    /** @throws ConfigException when the file cannot be read or is not YAML, with file, line and column */
    public static YamlDocument read(Path file) {
        String name = Optional.ofNullable(file.getFileName()).orElse(file).toString();
        return parse(name, content(file));
    }

    /**
     * @param name what to call the text in messages
     * @throws ConfigException when it is not YAML, with line and column; every duplicate key is named
     */
    public static YamlDocument parse(String name, String text) {
        String clean = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        NodeConverter converter = new NodeConverter(name);
        Node node = compose(name, clean);
        JsonNode root = node == null ? JsonNodeFactory.instance.nullNode() : converter.convert("", node);
        converter.throwIfWrong();
        return new YamlDocument(name, root, converter.lines(), packageOf(clean));
    }

    /**
     * The value of one option as somebody writes it on a command line: lists, maps and quoted text as in YAML, any other text as the one
     * scalar it is, whatever colons or hashes it holds.
     *
     * @throws ConfigException when a list, map or quote does not end
     */
    public static JsonNode value(String name, String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return JsonNodeFactory.instance.textNode("");
        }
        if ("[{'\"".indexOf(trimmed.charAt(0)) >= 0) {
            return parse(name, spaceAfterColons(trimmed)).root();
        }
        return NodeConverter.scalar(trimmed);
    }

    /** Hydra writes {@code {a:1}} where YAML wants {@code {a: 1}}. */
    private static String spaceAfterColons(String text) {
        return text.charAt(0) == '{' ? text.replaceAll("([{,]\\s*[\\w.-]+):(?=[^\\s/])", "$1: ") : text;
    }

    private static @Nullable Node compose(String name, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CODE_POINT_LIMIT);
        DumperOptions dumper = new DumperOptions();
        Yaml yaml =
                new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new OmegaResolver());
        try {
            return yaml.compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw new ConfigException(position(name, e.getProblemMark()), "This is not YAML: " + e.getProblem() + ".");
        } catch (YAMLException e) {
            throw new ConfigException(name, "This is not YAML: " + e.getMessage());
        }
    }

    static String position(String name, @Nullable Mark mark) {
        return mark == null ? name : name + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    private static String packageOf(String text) {
        Matcher matcher = PACKAGE.matcher(text);
        String found = matcher.find() ? matcher.group(1) : "_global_";
        return found.startsWith("_") ? "" : found;
    }

    private static String content(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException(file.toString(), "The file is not UTF-8 text; save it as UTF-8.");
        } catch (IOException e) {
            throw new ConfigException(
                    file.toString(),
                    "The file cannot be read (" + e.getClass().getSimpleName()
                            + "); check that it exists and may be read.");
        }
    }
}
