package org.mephisto.blueprint.remoteprocedure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.BundlePage;
import org.mephisto.spi.blueprint.ParsedData;
import org.mephisto.spi.blueprint.RemoteFunction;
import org.mephisto.spi.blueprint.StaticTaskData;
import org.mephisto.spi.blueprint.SubmittedFiles;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;
import org.pf4j.Extension;

/**
 * The {@code remote_procedure} blueprint: a page that calls functions on the server. They are configured, or come from the program that
 * launches the run ({@link org.mephisto.spi.blueprint.SharedTaskState#functions}), or from a plugin: one that names
 * {@code blueprint-remote-procedure} in its manifest's {@code Plugin-Dependencies} can have a factory of its own, with a type of its own,
 * that hands everything else on to {@code RemoteProcedureBlueprintFactory.with(Map.of("classify", Tone::classify))}.
 */
@Extension
public final class RemoteProcedureBlueprintFactory implements BlueprintFactory {
    private final Map<String, RemoteFunction> ownFunctions;

    public RemoteProcedureBlueprintFactory() {
        this(Map.of());
    }

    private RemoteProcedureBlueprintFactory(Map<String, RemoteFunction> ownFunctions) {
        this.ownFunctions = Map.copyOf(ownFunctions);
    }

    /** A factory whose runs have these functions from the start; those of the run or its options take their places. */
    public static RemoteProcedureBlueprintFactory with(Map<String, RemoteFunction> functions) {
        return new RemoteProcedureBlueprintFactory(functions);
    }

    @Override
    public String type() {
        return "remote_procedure";
    }

    @Override
    public String description() {
        return "A page of your own that calls functions while people work: a model behind HTTP, a program, or Java.";
    }

    @Override
    public Class<? extends Record> configType() {
        return RemoteProcedureConfig.class;
    }

    @Override
    public Blueprint create(BlueprintContext context) {
        RemoteProcedureConfig config = context.config(RemoteProcedureConfig.class);
        Map<String, RemoteFunction> code = new HashMap<>(ownFunctions);
        code.putAll(context.sharedState().functions());
        BundlePage page = BundlePage.of(
                config.taskSource(), config.linkTaskSource(), config.data().extraSourceDir(), context);
        StaticTaskData data = config.data().data(context);
        List<Problem> problems = new ArrayList<>(page.problems());
        problems.addAll(Functions.problems(config.functions(), code, context.taskDirectory()));
        problems.addAll(config.screening().problems(context.task()));
        problems.addAll(config.golds().problems(context.task(), config.screening()));
        problems.addAll(data.problems());
        if (!problems.isEmpty()) {
            data.close();
            throw new ConfigException(problems);
        }
        return new RemoteProcedureBlueprint(
                config, page, data, Functions.of(config.functions(), code, context.taskDirectory()));
    }

    /** {@code {final_submission, requests}} as the outputs. */
    @Override
    public ParsedData parse(AgentState state) {
        JsonNode submitted = state.submission()
                .map(submission -> SubmittedFiles.addTo(submission.data().node(), submission.files()))
                .orElseGet(Json::object);
        ObjectNode outputs = Json.object();
        outputs.set("final_submission", submitted);
        outputs.set("requests", RecordedCalls.entries(state.updates()));
        return new ParsedData(state.initData().node().path(RemoteProcedureBlueprint.TASK_DATA), outputs);
    }
}
