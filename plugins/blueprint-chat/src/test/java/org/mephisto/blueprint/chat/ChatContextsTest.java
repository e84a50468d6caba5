package org.mephisto.blueprint.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.json.Json;

/** Files of contexts, and who is told what. */
final class ChatContextsTest extends ChatBlueprintFixture {
    @Test
    void eachRoleSeesWhatIsForAllAndWhatIsItsOwn() throws IOException {
        Files.writeString(folder.resolve("contexts.jsonl"), """
                {"item": "bicycle", "private": {"Buyer": {"limit": 90}, "Seller": {"least": 60}}}
                """);
        try (Blueprint blueprint =
                create("{\"context_jsonl\": \"contexts.jsonl\", \"roles\": [\"Buyer\", \"Seller\"]}")) {
            AssignmentData assignment = blueprint.assignments().findFirst().orElseThrow();

            assertThat(initData(blueprint, assignment, 0).path("task_data"))
                    .isEqualTo(Json.parse("{\"item\": \"bicycle\", \"limit\": 90, \"role\": \"Buyer\"}"));
            assertThat(initData(blueprint, assignment, 1).path("task_data"))
                    .isEqualTo(Json.parse("{\"item\": \"bicycle\", \"least\": 60, \"role\": \"Seller\"}"));
        }
    }

    @Test
    void aColumnMayBeOneRolesOwnToo() throws IOException {
        Files.writeString(folder.resolve("contexts.csv"), "item,private.Buyer.limit\nlamp,12\n");
        try (Blueprint blueprint = create("{\"context_csv\": \"contexts.csv\", \"roles\": [\"Buyer\", \"Seller\"]}")) {
            AssignmentData assignment = blueprint.assignments().findFirst().orElseThrow();

            assertThat(initData(blueprint, assignment, 0).at("/task_data/limit").asText())
                    .isEqualTo("12");
            assertThat(initData(blueprint, assignment, 1).path("task_data").has("limit"))
                    .isFalse();
        }
    }

    @Test
    void aCsvFileMayHaveAByteOrderMarkQuotesAndLineBreaks() throws IOException {
        Files.writeString(
                folder.resolve("contexts.csv"),
                "\uFEFFitem,private.Buyer.limit\r\n\"A \"\"good\"\" lamp,\nused\",\"12, or so\"\r\n\r\nbed,90\r\n");
        try (Blueprint blueprint = create("{\"context_csv\": \"contexts.csv\", \"roles\": [\"Buyer\", \"Seller\"]}")) {
            List<AssignmentData> assignments = blueprint.assignments().toList();

            assertThat(assignments).hasSize(2);
            assertThat(initData(blueprint, assignments.getFirst(), 0).path("task_data"))
                    .isEqualTo(
                            Json.parse(
                                    "{\"item\": \"A \\\"good\\\" lamp,\\nused\", \"limit\": \"12, or so\", \"role\": \"Buyer\"}"));
            assertThat(initData(blueprint, assignments.getLast(), 1).path("task_data"))
                    .isEqualTo(Json.parse("{\"item\": \"bed\", \"role\": \"Seller\"}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"private.Buyer", "private.Buyer.", "private..limit", "private."})
    void aPrivateColumnWithoutRoleOrFieldIsAMistake(String column) throws IOException {
        Files.writeString(folder.resolve("contexts.csv"), "item," + column + "\nlamp,12\n");

        assertThatThrownBy(() -> create("{\"context_csv\": \"contexts.csv\", \"roles\": [\"Buyer\", \"Seller\"]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mephisto.blueprint.context_csv")
                .hasMessageContaining("contexts.csv\" has, in row 1 under \"" + column + "\", the value \"12\"")
                .hasMessageContaining("private.ROLE.FIELD");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"private": {"Buyer": 90}}       | private.Buyer | 90
            {"private": {"Buyer": ["x"]}}    | private.Buyer | ["x"]
            {"private": "secret"}            | private       | secret
            {"private.Buyer": {"limit": 90}} | private.Buyer | {"limit":90}
            """)
    void somethingPrivateWithoutRoleOrFieldIsAMistake(String row, String column, String value) throws IOException {
        Files.writeString(
                folder.resolve("contexts.jsonl"), "{\"private\": {\"Buyer\": {\"limit\": 9}}}\n" + row + "\n");

        assertThatThrownBy(() -> create("{\"context_jsonl\": \"contexts.jsonl\", \"roles\": [\"Buyer\", \"Seller\"]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mephisto.blueprint.context_jsonl")
                .hasMessageContaining(
                        "contexts.jsonl\" has, in row 2 under \"" + column + "\", the value \"" + value + "\"")
                .hasMessageContaining("{\"Buyer\": {\"limit\": 90}}");
    }

    @Test
    void aRowMaySayThatThereIsNothingPrivate() throws IOException {
        Files.writeString(
                folder.resolve("contexts.jsonl"),
                "{\"private\": null}\n{\"private\": {\"Buyer\": null}, \"item\": 1}\n");
        try (Blueprint blueprint =
                create("{\"context_jsonl\": \"contexts.jsonl\", \"roles\": [\"Buyer\", \"Seller\"]}")) {
            assertThat(blueprint
                            .assignments()
                            .map(each -> Json.write(each.shared().node())))
                    .containsExactly("{}", "{\"item\":1}");
        }
    }

    @Test
    void somethingPrivateForNobodyIsAMistake() throws IOException {
        Files.writeString(folder.resolve("contexts.jsonl"), "{\"private\": {\"Byer\": {\"limit\": 90}}}\n");

        assertThatThrownBy(() -> create("{\"context_jsonl\": \"contexts.jsonl\", \"roles\": [\"Buyer\", \"Seller\"]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"Byer\", which nobody plays. Known roles: Buyer, Seller");
    }
}
