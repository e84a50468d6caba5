package org.mephisto.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.config.ConfigException;

final class YamlTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5           | 5",
                "-5          | -5",
                "1_000       | 1000",
                "0x1F        | 31",
                "12345678901 | 12345678901",
                "0.5         | 0.5",
                ".5          | 0.5",
                "1e3         | 1000.0",
                "1.5e-3      | 0.0015",
                "yes         | true",
                "Off         | false",
                "~           | null",
                "null        | null",
                "007         | `\"007\"`",
                "12:30       | `\"12:30\"`",
                "2024-01-01  | `\"2024-01-01\"`",
                "1.2.3       | `\"1.2.3\"`",
                "y           | `\"y\"`",
                ".nan        | `\".nan\"`",
                "\"5\"       | `\"5\"`",
                "!!str 5     | `\"5\"`",
                "[1, a]      | `[1,\"a\"]`",
                "{a: {b: c}} | `{\"a\":{\"b\":\"c\"}}`",
            })
    void aScalarHasTheTypeThatOmegaConfGivesIt(String yaml, String json) {
        YamlDocument document = YamlText.parse("test", "key: " + yaml);

        assertThat(document.root().path("key").toString()).isEqualTo(json);
    }

    @Test
    void keysKeepTheirOrderAndLines() {
        YamlDocument document = YamlText.parse("test", "z: 1\na:\n  - x\n  - k: v\n");

        assertThat(document.root().toString()).isEqualTo("{\"z\":1,\"a\":[\"x\",{\"k\":\"v\"}]}");
        assertThat(document.lines()).containsEntry("z", 1).containsEntry("a", 2).containsEntry("a[1].k", 4);
    }

    @Test
    void aliasesAndMergeKeysAreFollowed() {
        YamlDocument document = YamlText.parse("test", "base: &b {x: 1, y: 2}\nmine:\n  <<: *b\n  y: 3\nsame: *b\n");

        assertThat(document.root().path("mine").toString()).isEqualTo("{\"y\":3,\"x\":1}");
        assertThat(document.root().path("same").toString()).isEqualTo("{\"x\":1,\"y\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1\\nb: [1           | task.yaml:2",
                "a: 1\\n\\tb: 2         | task.yaml:2:1",
                "a: 1\\nb: 2\\na: 3     | task.yaml:3:1: The key \"a\" stands here a second time, first in line 1",
                "a: {b: 1, b: 2}        | task.yaml:1:11: The key \"b\"",
                "a: !!int word          | \"word\" cannot be read as tag:yaml.org,2002:int",
                "a: &x [*x]             | stands inside the very thing it names",
                "? [a]\\n: 1            | A key must be a simple word",
                "a: 1\\n---\\nb: 2      | This is not YAML",
            })
    void whatIsWrongIsReportedWithItsPlace(String yaml, String message) {
        String text = yaml.replace("\\n", "\n").replace("\\t", "\t");

        assertThatThrownBy(() -> YamlText.parse("task.yaml", text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#@package _global_   | ''",
                "# @package _group_   | ''",
                "# a comment          | ''",
                "# @package mephisto.task | mephisto.task",
            })
    void thePackageCommentSaysWhereTheContentGoes(String comment, String target) {
        YamlDocument document = YamlText.parse("test", "# licence\n\n" + comment + "\na: 1\n");

        assertThat(document.targetPackage()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: b # c       | \"a: b # c\"",
                "http://x/?a=1  | \"http://x/?a=1\"",
                "{a:1,b: [x]}   | {\"a\":1,\"b\":[\"x\"]}",
                "{u: http://x}  | {\"u\":\"http://x\"}",
                "''             | \"\"",
            },
            quoteCharacter = '`')
    void anOverridesValueIsOneValue(String text, String json) {
        String given = text.equals("''") ? "" : text;

        assertThat(YamlText.value("override", given).toString()).isEqualTo(json);
    }

    @Test
    void aFileInAnotherEncodingIsReported(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("task.yaml");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xE9});

        assertThatThrownBy(() -> YamlText.read(file)).hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> YamlText.read(folder.resolve("none.yaml"))).hasMessageContaining("cannot be read");
    }

    @Test
    void anEmptyFileHoldsNothing() {
        assertThat(YamlText.parse("test", "# only a comment\n").root().isNull()).isTrue();
    }
}
