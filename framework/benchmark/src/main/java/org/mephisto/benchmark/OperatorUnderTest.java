package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mephisto.benchmark.Work.People;
import org.mephisto.boot.Mephisto;
import org.mephisto.config.RunScriptConfig;
import org.mephisto.operator.RunningTaskRun;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.store.Store;

/**
 * The real thing, as {@code mephisto run} has it: an Operator with the distribution's plugins, on a database in the benchmark's folder. Its
 * main method serves {@link BenchServer}.
 */
public final class OperatorUnderTest implements ServerUnderTest {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private final Path directory;
    private final Mephisto mephisto;
    private int people;
    private @Nullable RunningTaskRun run;

    private OperatorUnderTest(Path directory) {
        this.directory = directory;
        this.mephisto = Mephisto.open(Path.of(System.getProperty("mephisto.distribution", "."), "plugins"));
        mephisto.registry().register(new EchoBlueprintFactory());
    }

    public static void main(String[] args) throws IOException {
        BenchServer.serve(OperatorUnderTest::new);
    }

    @Override
    public Launched launch(Work work) throws IOException, InterruptedException {
        int units = work.units();
        Path task = writeTask(work);
        RunScriptConfig config = mephisto.loadConfig(task, List.of());
        var operator = mephisto.operator(config);
        if (work.people() != People.ANYBODY) {
            makePeople(
                    work,
                    mephisto.store(
                            config.mephisto().database(), config.mephisto().datapath()));
        }

        long start = System.nanoTime();
        RunningTaskRun launching = operator.validateAndRunConfig(config);
        run = launching;
        while (launching.progress().created() < units) {
            if (launching.awaitEnd(BETWEEN_LOOKS)) {
                throw new MephistoException(
                        ErrorCode.UNAVAILABLE,
                        "The run ended before its " + units + " units were launched; the log above says why.");
            }
        }
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        return new Launched(
                launching.url().getPort(),
                seconds,
                mephisto.directories(config.mephisto().datapath()).database());
    }

    /** The next so many workers, outside the measured time. */
    private void makePeople(Work work, Store store) {
        store.inTransaction(tx -> {
            for (int i = 0; i < work.units(); i++) {
                long id = tx.workers()
                        .findOrCreate("worker-" + (people + i), "mock")
                        .worker()
                        .id();
                if (work.people() == People.GATED) {
                    tx.qualifications().grant("skilled", id, 5);
                    tx.qualifications().grant("onboarded", id, 1);
                    tx.qualifications().grant("gold-correct-golds", id, 1);
                }
            }
            return true;
        });
        people += work.units();
    }

    /** A task folder of the usual kind; static work has a page and a line of data for each unit. */
    private Path writeTask(Work work) throws IOException {
        ObjectNode config = Json.object();
        ObjectNode groups = config.putObject("mephisto");
        groups.put("datapath", directory.resolve("data").toString()).put("log_level", "warn");
        if (work.isLive()) {
            groups.putObject("blueprint")
                    .put("_blueprint_type", EchoBlueprintFactory.TYPE)
                    .put("units", work.units());
        } else {
            groups.set("blueprint", staticBlueprint(work.units()));
        }
        groups.putObject("architect")
                .put("_architect_type", "local")
                .put("hostname", "127.0.0.1")
                .put("port", 0);
        groups.putObject("provider").put("_provider_type", "mock");
        groups.putObject("task")
                .put("task_name", "benchmark")
                .put("task_title", "Benchmark")
                .put("task_description", "Measures this machine.")
                .put("task_reward", 0)
                .put("task_tags", "benchmark")
                .put("journal_live_updates", work.isJournaled());
        if (work.people() != People.ANYBODY) {
            groups.withObject("/task").put("allowed_concurrent", 1);
        }
        if (work.people() == People.GATED) {
            addGates(groups);
        }
        Path yaml = directory.resolve("task.yaml");
        Files.writeString(yaml, Json.write(config));
        return yaml;
    }

    private void addGates(ObjectNode groups) throws IOException {
        Path onboarding = directory.resolve("onboarding.html");
        Files.writeString(onboarding, "<input name=\"answer\">");
        groups.withObject("/blueprint")
                .put("onboarding_qualification", "onboarded")
                .put("onboarding_source", onboarding.toString())
                .put("use_golds", true)
                .put("gold_qualification_base", "gold");
        ObjectNode state = groups.putObject("shared_state");
        state.putArray("qualifications")
                .addObject()
                .put("qualification_name", "skilled")
                .put("comparator", "GreaterThan")
                .put("value", 3);
        state.putArray("gold_data")
                .addObject()
                .put("text", "gold")
                .putObject("expect")
                .put("label", "good");
    }

    private ObjectNode staticBlueprint(int units) throws IOException {
        Path page = directory.resolve("task.html");
        Files.writeString(page, "<p>${text}</p><input name=\"label\">");
        Path data = directory.resolve("data.jsonl");
        try (BufferedWriter lines = Files.newBufferedWriter(data)) {
            String empty = "{\"text\":\"\"}";
            for (int i = 0; i < units; i++) {
                String number = Integer.toString(i);
                lines.write("{\"text\":\"" + number
                        + "x".repeat(BenchServer.UNIT_BYTES - empty.length() - number.length()) + "\"}\n");
            }
        }
        return Json.object()
                .put("_blueprint_type", "static_task")
                .put("task_source", page.toString())
                .put("data_jsonl", data.toString());
    }

    @Override
    public void endRun() {
        if (run != null) {
            run.disconnect();
        }
    }

    @Override
    public void close() {
        mephisto.close();
    }
}
