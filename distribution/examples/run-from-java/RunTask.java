import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mephisto.boot.Mephisto;
import org.mephisto.config.RunScriptConfig;
import org.mephisto.operator.Operator;
import org.mephisto.operator.RunningTaskRun;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.json.Json;

/**
 * Launches a task from Java: the work comes from code, and code hears of every submission. Any number of runs can go on at once; call
 * validateAndRunConfig for each.
 */
public final class RunTask {
    /** This script's own settings: keys of task.yaml outside mephisto, checked and filled in like all others. */
    record Settings(@Option(help = "How many sums to ask for.", defaultValue = "3", min = 1) int sums) {}

    public static void main(String[] args) {
        Path home = Path.of(System.getProperty("mephisto.distribution", "")).toAbsolutePath();
        try (Mephisto mephisto = Mephisto.open(home.resolve("plugins"))) {
            mephisto.configs().registerScriptConfig("run-task", Settings.class);
            RunScriptConfig config =
                    mephisto.configs().load(home.resolve("examples/run-from-java"), List.of(args), "run-task");
            int sums = config.script(Settings.class).sums();

            SharedTaskState state = SharedTaskState.builder()
                    .staticTaskData(() -> sums(sums))
                    .onUnitSubmitted((unit, agent) -> System.out.println("Unit " + unit.id() + " says "
                            + agent.submission().orElseThrow().text("sum")))
                    .build();

            Operator operator = mephisto.operator(config);
            RunningTaskRun run = operator.validateAndRunConfig(config, state);
            System.out.println("Open " + run.workerUrl("worker1", "visit1"));
            operator.waitForRunsThenShutdown();
            System.out.println(run.progress().completed() + " units are done.");
        }
    }

    private static Stream<JsonNode> sums(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> Json.toNode(Map.of("left", n, "right", n * n)));
    }
}
