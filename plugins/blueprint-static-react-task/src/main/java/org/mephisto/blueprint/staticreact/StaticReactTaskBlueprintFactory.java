package org.mephisto.blueprint.staticreact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.BundlePage;
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

    @Override
    public Blueprint create(BlueprintContext context) {
        StaticReactTaskConfig config = context.config(StaticReactTaskConfig.class);
        BundlePage page = BundlePage.of(
                config.taskSource(), config.linkTaskSource(), config.data().extraSourceDir(), context);
        StaticTaskData data = config.data().data(context);
        List<Problem> problems = new ArrayList<>(page.problems());
        problems.addAll(config.screening().problems(context.task()));
        problems.addAll(config.golds().problems(context.task(), config.screening()));
        problems.addAll(data.problems());
        if (!problems.isEmpty()) {
            data.close();
            throw new ConfigException(problems);
        }
        return new StaticReactTaskBlueprint(config, page, data);
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
