package org.mephisto.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.mephisto.cli.MephistoCli;

/** What {@code mephisto run} says to what cannot be run: the thing, what to do, and the exit code; and nothing is left behind. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
final class BadCommandIT {
    @TempDir
    private Path home;

    private Path task;

    /** Makes something wrong in the task folder before the command runs. */
    @FunctionalInterface
    interface Spoiling {
        void spoil(Path task) throws Exception;
    }

    record Case(String name, Spoiling spoiling, List<String> arguments, int exitCode, List<String> words) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case override(String argument, int exitCode, String... words) {
        return new Case(argument, task -> {}, List.of(argument), exitCode, List.of(words));
    }

    private static Case file(String name, String content, int exitCode, String... words) {
        return new Case(
                name + ": " + content.lines().findFirst().orElse("empty"),
                task -> Files.writeString(task.resolve(name), content),
                List.of(),
                exitCode,
                List.of(words));
    }

    static final List<Case> CASES = List.of(
            override("mephisto.blueprint.task_sorce=x.html", 2, "mephisto.blueprint.task_sorce", "task_source"),
            override("mephisto.taks.task_reward=1", 2, "mephisto.taks", "task"),
            override("mephisto.task.task_reward=lots", 2, "mephisto.task.task_reward", "\"lots\"", "number"),
            override("mephisto.task.task_reward=-1", 2, "mephisto.task.task_reward", "-1"),
            override("mephisto.architect.port=70000", 2, "mephisto.architect.port", "70000"),
            override("mephisto.architect.port=http", 2, "mephisto.architect.port", "\"http\""),
            override("mephisto.log_level=loud", 2, "mephisto.log_level", "\"loud\"", "debug"),
            override("mephisto/blueprint=static_taks", 2, "static_taks", "static_task"),
            override(
                    "mephisto.blueprint.task_source=nothing.html", 2, "mephisto.blueprint.task_source", "nothing.html"),
            override("mephisto.blueprint.data_csv=nothing.csv", 2, "mephisto.blueprint.data_csv", "nothing.csv"),
            override("mephisto.blueprint.extra_source_dir=nothing", 2, "extra_source_dir", "nothing"),
            override("mephisto.provider.requester_name=nobody", 1, "nobody", "mephisto register"),
            override("nonsense", 2, "nonsense"),
            file("task.yaml", "mephisto:\n  task: [\n", 2, "task.yaml:3:1"),
            file("task.yaml", "mephisto: {}\n", 2, "task_title", "_blueprint_type"),
            file("data.csv", "number,question\n1,\"one\n2,two\n", 2, "data.csv", "line 2", "quote"),
            file("data.csv", "number,question\n1,one\n2,two,three\n", 2, "data.csv", "line 3"),
            file("data.csv", "number,number\n1,2\n", 2, "data.csv", "number", "line 1"),
            file("data.csv", "", 2, "data.csv"),
            new Case(
                    "a data file that is not UTF-8",
                    task -> Files.write(
                            task.resolve("data.csv"),
                            "number,question\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1)),
                    List.of(),
                    2,
                    List.of("data.csv", "UTF-8")),
            new Case(
                    "broken JSON data",
                    task -> Files.writeString(task.resolve("data.json"), "[{\"question\": \"one\"},\n{\"question\" }]"),
                    List.of("~mephisto.blueprint.data_csv", "mephisto.blueprint.data_json=data.json"),
                    2,
                    List.of("data.json", "line 2")),
            new Case(
                    "a broken line of JSON data",
                    task -> Files.writeString(task.resolve("data.jsonl"), "{\"question\": \"one\"}\n{\"question\n"),
                    List.of("~mephisto.blueprint.data_csv", "mephisto.blueprint.data_jsonl=data.jsonl"),
                    2,
                    List.of("data.jsonl", "line 2")),
            new Case(
                    "a data folder below a file",
                    task -> {},
                    List.of("mephisto.datapath=${task_dir}/data.csv/data"),
                    1,
                    List.of("data.csv/data", "mephisto.datapath")),
            new Case(
                    "a database that is none",
                    task -> Files.writeString(
                            Files.createDirectories(task.resolve("other")).resolve("mephisto.db"),
                            "This is a letter to my aunt, and long enough to look at. ".repeat(50)),
                    List.of("mephisto.datapath=${task_dir}/other"),
                    1,
                    List.of("mephisto.db", "not")),
            new Case(
                    "a database of a newer version",
                    BadCommandIT::makeNewer,
                    List.of(),
                    1,
                    List.of("mephisto.db", "\"999\"", "newer Mephisto")));

    private static void makeNewer(Path task) throws Exception {
        Path data = Files.createDirectories(task.resolveSibling("data"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("mephisto.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT, applied_at INTEGER)");
            statement.execute("INSERT INTO migrations VALUES (999, 'from the future', 0)");
        }
    }

    @BeforeAll
    static void installation() throws Exception {
        System.setProperty(
                "mephisto.distribution", Distribution.assembled().home().toString());
    }

    @BeforeEach
    void writeTask() throws Exception {
        task = TaskFolder.questions(home.resolve("task"), "questions", 2);
    }

    private record Outcome(int exitCode, String out, String err) {}

    private Outcome mephisto(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = MephistoCli.run(
                new PrintWriter(out), new PrintWriter(err), Map.of("MEPHISTO_HOME", home.toString()), arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void isRefusedWithTheThingAndWhatToDo(Case bad) throws Exception {
        bad.spoiling.spoil(task);
        List<String> arguments = new ArrayList<>(List.of("run", task.toString()));
        arguments.addAll(bad.arguments);

        Outcome outcome = mephisto(arguments.toArray(String[]::new));

        assertThat(outcome.err).contains(bad.words).doesNotContain("Exception", "\tat ", "in Mephisto itself");
        assertThat(outcome.err).startsWith("Error: ");
        assertThat(outcome.exitCode).as(outcome.err).isEqualTo(bad.exitCode);
        assertThat(outcome.out).isEmpty();
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            String port = Integer.toString(taken.getLocalPort());

            Outcome outcome = mephisto("run", task.toString(), "mephisto.architect.port=" + port);

            assertThat(outcome.exitCode).isEqualTo(1);
            assertThat(outcome.err)
                    .contains("Error: ", port, "mephisto.architect.port")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aPathThatIsNotThereIsNamed() {
        Outcome outcome = mephisto("run", home.resolve("nowhere").toString());

        assertThat(outcome.exitCode).isEqualTo(2);
        assertThat(outcome.err).startsWith("Error: ").contains("nowhere");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Outcome outcome = mephisto(
                "run",
                task.toString(),
                "mephisto.task.task_reward=x",
                "mephisto.blueprint.nonsense=1",
                "mephisto.architect.port=-5");

        assertThat(outcome.exitCode).isEqualTo(2);
        assertThat(outcome.err)
                .contains("mephisto.task.task_reward", "mephisto.blueprint.nonsense", "mephisto.architect.port");
    }
}
