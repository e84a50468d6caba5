package org.mephisto.blueprint.statictask;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.ParsedData;
import org.mephisto.spi.blueprint.StaticTaskData;
import org.mephisto.spi.blueprint.SubmittedFiles;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;
import org.pf4j.Extension;

/** The {@code static_task} blueprint: an HTML form filled with each unit's data. */
@Extension
public final class StaticTaskBlueprintFactory implements BlueprintFactory {
    private static final String GROUP = "mephisto.blueprint.";

    @Override
    public String type() {
        return "static_task";
    }

    @Override
    public String description() {
        return "An HTML form, filled with each unit's data from a CSV or JSON file or from code.";
    }

    @Override
    public Class<? extends Record> configType() {
        return StaticTaskConfig.class;
    }

    @Override
    public Blueprint create(BlueprintContext context) {
        StaticTaskConfig config = context.config(StaticTaskConfig.class);
        StaticTaskFiles files = StaticTaskFiles.of(config, context.taskDirectory());
        StaticTaskData data = config.data().data(context);
        List<Problem> problems = new ArrayList<>(problems(config, files, context));
        problems.addAll(data.problems());
        if (data.mayBeEndless() && context.task().maxNumConcurrentUnits() == 0) {
            problems.add(
                    new Problem(
                            "mephisto.task.max_num_concurrent_units",
                            "\"0\" does not go with static_task_data that may be endless. Say how many units may be open at once, or give a list."));
        }
        if (!problems.isEmpty()) {
            data.close();
            throw new ConfigException(problems);
        }
        return new StaticTaskBlueprint(config, files, data, context.task().taskTitle());
    }

    private static List<Problem> problems(StaticTaskConfig config, StaticTaskFiles files, BlueprintContext context) {
        List<Problem> problems = new ArrayList<>();
        requireFile("task_source", Optional.of(files.task()), problems);
        requireFile("preview_source", files.preview(), problems);
        requireFile("onboarding_source", files.onboarding(), problems);
        files.extra()
                .filter(folder -> !Files.isDirectory(folder))
                .ifPresent(
                        folder -> problems.add(
                                new Problem(
                                        GROUP + "extra_source_dir",
                                        "\"" + folder
                                                + "\" is not a folder. Check the path; a relative one stands in the folder of the task.")));
        if (config.onboarding().isUsed() && files.onboarding().isEmpty()) {
            problems.add(new Problem(
                    GROUP + "onboarding_source",
                    "missing. With onboarding_qualification, give the HTML file that new workers see first."));
        }
        problems.addAll(config.screening().problems(context.task()));
        problems.addAll(config.golds().problems(context.task(), config.screening()));
        return problems;
    }

    private static void requireFile(String key, Optional<Path> file, List<Problem> problems) {
        file.filter(path -> !Files.isReadable(path) || Files.isDirectory(path))
                .ifPresent(path -> problems.add(new Problem(
                        GROUP + key,
                        "\"" + path
                                + "\" is not a file that can be read. Check the path; a relative one stands in the folder of the"
                                + " task.")));
    }

    /** The form's fields, and the uploaded files where there are any. */
    @Override
    public ParsedData parse(AgentState state) {
        JsonNode outputs = state.submission()
                .map(submission -> SubmittedFiles.addTo(submission.data().node(), submission.files()))
                .orElseGet(Json::object);
        return new ParsedData(state.initData().node(), outputs);
    }
}
