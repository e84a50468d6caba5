package org.mephisto.spi.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

final class StaticTaskDataTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void csvRowsBecomeObjectsOfText() throws IOException {
        StaticTaskData data =
                data("work.csv", "\uFEFFname,text\r\nAda,\"Hello, world\"\r\n\r\nBob,\"two\nlines \"\"quoted\"\"\"\n");

        List<JsonNode> shared =
                data.assignments().map(each -> each.shared().node()).toList();

        assertThat(shared)
                .containsExactly(
                        Json.parse("{\"name\":\"Ada\",\"text\":\"Hello, world\"}"),
                        Json.parse("{\"name\":\"Bob\",\"text\":\"two\\nlines \\\"quoted\\\"\"}"));
    }

    @Test
    void jsonIsAListOfObjects() throws IOException {
        StaticTaskData data = data("work.json", "\uFEFF[{\"a\": 1}, {\"a\": [2]}]");

        List<JsonNode> shared =
                data.assignments().map(each -> each.shared().node()).toList();

        assertThat(shared).containsExactly(Json.parse("{\"a\":1}"), Json.parse("{\"a\":[2]}"));
    }

    @Test
    void jsonlHoldsOneObjectALine() throws IOException {
        StaticTaskData data = data("work.jsonl", "{\"a\": 1}\n\n{\"a\": 2}");

        List<JsonNode> shared =
                data.assignments().map(each -> each.shared().node()).toList();

        assertThat(shared).containsExactly(Json.parse("{\"a\":1}"), Json.parse("{\"a\":2}"));
    }

    @Test
    void eachItemGetsAsManyUnitsAsAsked() throws IOException {
        Path file = Files.writeString(folder.resolve("work.csv"), "a\n1\n");

        List<AssignmentData> assignments = new StaticTaskData(
                        Optional.of(new DataFile(file, DataFile.Format.CSV)), Optional.empty(), 3)
                .assignments()
                .toList();

        assertThat(assignments)
                .singleElement()
                .satisfies(one -> assertThat(one.unitData()).hasSize(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "work.csv   | `a,b\\n1,2\\n3\\n`          | line 3: it has 1 values, but the heading names 2",
                "work.csv   | `a,b\\n1,2,3\\n`            | line 2: it has 3 values, but the heading names 2",
                "work.csv   | `a,a\\n1,2\\n`              | two columns have the name \"a\"",
                "work.csv   | `a,,b\\n1,2,3\\n`           | column 2 has no name",
                "work.csv   | `a,b\\n1,\"2\\n`            | line 2: Missing closing quote",
                "work.csv   | `a,b\\n`                    | holds no work",
                "work.csv   | ``                          | holds no work",
                "work.json  | `{\"a\": 1}`                | it does not begin with a list",
                "work.json  | `[{\"a\": 1},\\n{\"a\": }]` | line 2",
                "work.json  | `[{\"a\": 1}`               | cannot be read",
                "work.json  | `[1]`                       | this item is not an object: 1",
                "work.json  | `[]`                        | holds no work",
                "work.jsonl | `{\"a\": 1}\\n{\"a\": \\n`  | line 2",
                "work.jsonl | `[1]\\n`                    | line 1: this item is not an object",
            })
    void brokenFilesAreToldWithPlaceAndAdvice(String name, String content, String expected) throws IOException {
        StaticTaskData data = data(name, content.replace("\\n", "\n"));

        List<Problem> problems = data.problems();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.path()).startsWith("mephisto.blueprint.data_");
            assertThat(problem.message()).contains(name).contains(expected);
        });
    }

    @Test
    void aFileOfAnotherEncodingIsToldSo() throws IOException {
        Path file = Files.write(folder.resolve("work.csv"), new byte[] {'a', '\n', (byte) 0xE9, '\n'});

        List<Problem> problems = of(new DataFile(file, DataFile.Format.CSV)).problems();

        assertThat(problems)
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("is not UTF-8 text");
    }

    @Test
    void aMissingFileIsToldByName() {
        List<Problem> problems = of(new DataFile(folder.resolve("none.csv"), DataFile.Format.CSV))
                .problems();

        assertThat(problems)
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("none.csv\" does not exist");
    }

    @Test
    void noSourceAtAllIsAProblem() {
        StaticTaskData data = new StaticTaskData(Optional.empty(), Optional.empty(), 1);

        assertThat(data.problems())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("there is no work to do");
    }

    @Test
    void aListOfCodeHasAnEndAndAGeneratorMayHaveNone() {
        StaticTaskData list = ofCode(() -> List.of(Json.parse("{}")).stream());
        StaticTaskData generator = ofCode(() -> Stream.generate(Json::object));

        assertThat(list.mayBeEndless()).isFalse();
        assertThat(generator.mayBeEndless()).isTrue();
        assertThat(generator.assignments().limit(3)).hasSize(3);
    }

    @Test
    void codeThatGivesSomethingElseThanObjectsIsRefused() {
        StaticTaskData data = ofCode(() -> IntStream.of(7).mapToObj(Json::toNode));

        assertThatThrownBy(() -> data.assignments().toList())
                .isInstanceOf(MephistoException.class)
                .hasMessageContaining("not an object: \"7\"");
    }

    @Test
    void aFileOfAnotherOptionIsCalledByThatOption() throws IOException {
        Path file = Files.writeString(folder.resolve("topics.txt"), "{\"topic\": \"tea\"}\n");

        StaticTaskData topics = StaticTaskData.ofFile("context_jsonl", file, 2);
        StaticTaskData missing = StaticTaskData.ofFile("context_csv", folder.resolve("none.csv"), 2);

        assertThat(topics.problems()).isEmpty();
        assertThat(topics.assignments())
                .singleElement()
                .satisfies(assignment -> assertThat(assignment.unitData()).hasSize(2));
        assertThat(missing.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("mephisto.blueprint.context_csv"));
    }

    private StaticTaskData data(String name, String content) throws IOException {
        DataFile.Format format = switch (name.substring(name.indexOf('.'))) {
            case ".csv" -> DataFile.Format.CSV;
            case ".json" -> DataFile.Format.JSON;
            default -> DataFile.Format.JSONL;
        };
        return of(new DataFile(Files.writeString(folder.resolve(name), content), format));
    }

    private static StaticTaskData of(DataFile file) {
        return new StaticTaskData(Optional.of(file), Optional.empty(), 1);
    }

    private static StaticTaskData ofCode(Supplier<Stream<JsonNode>> code) {
        return new StaticTaskData(Optional.empty(), Optional.of(code), 1);
    }
}
