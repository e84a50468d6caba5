package org.mephisto.blueprint.staticreact;

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

/** The {@code static_react_task} blueprint: any JavaScript bundle as the page. */
@Extension
public final class StaticReactTaskBlueprintFactory implements BlueprintFactory {
    private static final String GROUP = "mephisto.blueprint.";

    @Override
    public String type() {
        return "static_react_task";
    }

    @Override
    public String description() {
        return "A page of your own, as one JavaScript bundle, made with React or anything else.";
    }

    @Override
    public Class<? extends Record> configType() {
        return StaticReactTaskConfig.class;
    }

    // link_task_source with another architect than local is the runtime's to refuse: a blueprint does not know the
    // architect.
    @Override
    public Blueprint create(BlueprintContext context) {
        StaticReactTaskConfig config = context.config(StaticReactTaskConfig.class);
        Path bundle = context.taskDirectory().resolve(config.taskSource());
        Optional<Path> extra = config.data().extraSourceDir().map(context.taskDirectory()::resolve);
        StaticTaskData data = config.data().data(context);
        List<Problem> problems = new ArrayList<>();
        if (!Files.isReadable(bundle) || Files.isDirectory(bundle)) {
            problems.add(new Problem(
                    GROUP + "task_source",
                    "\"" + bundle
                            + "\" is not a file that can be read. Build the bundle first, or check the path; a relative one stands in the"
                            + " folder of the task."));
        }
        extra.filter(folder -> !Files.isDirectory(folder))
                .ifPresent(
                        folder -> problems.add(
                                new Problem(
                                        GROUP + "extra_source_dir",
                                        "\"" + folder
                                                + "\" is not a folder. Check the path; a relative one stands in the folder of the task.")));
        problems.addAll(config.screening().problems(context.task()));
        problems.addAll(config.golds().problems(context.task(), config.screening()));
        problems.addAll(data.problems());
        if (!problems.isEmpty()) {
            data.close();
            throw new ConfigException(problems);
        }
        return new StaticReactTaskBlueprint(
                config, bundle, extra, data, context.task().taskTitle());
    }

    /** What the page handed in, and the uploaded files where there are any. */
    @Override
    public ParsedData parse(AgentState state) {
        JsonNode outputs = state.submission()
                .map(submission -> SubmittedFiles.addTo(submission.data().node(), submission.files()))
                .orElseGet(Json::object);
        return new ParsedData(state.initData().node(), outputs);
    }
}
