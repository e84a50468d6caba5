package org.mephisto.config.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.model.QualificationComparator;

/** The keys under {@code mephisto.shared_state}. */
public record SharedStateArgs(
        @Option(help = "Goes into task_config.json as it is.")
        Optional<JsonNode> taskConfig,

        @Option(help = "What workers must have to take part.")
        List<QualificationArgs> qualifications,

        @Option(help = "What onboarding pages get.") Optional<JsonNode> onboardingData,

        @Option(help = "The work of static blueprints where no data file is given: one item for each assignment.")
        Optional<List<JsonNode>> staticTaskData,

        @Option(help = "The work that screens: a list, a file, or false to screen with real work.")
        Optional<JsonNode> screeningData,

        @Option(help = "The work whose answers are known: a list or a file; an item may hold \"expect\".")
        Optional<JsonNode> goldData,

        @Option(help = "The last word on whether a worker may get a unit.")
        Optional<FunctionArgs> workerCanDoUnit,

        @Option(help = "Judges what a worker submitted in onboarding.")
        Optional<FunctionArgs> validateOnboarding,

        @Option(help = "Judges a screening unit.") Optional<FunctionArgs> screenUnit,
        @Option(help = "Judges a gold unit.") Optional<FunctionArgs> goldUnit,

        @Option(
                help =
                        "Sentences for workers who get no unit, by the reason's name, such as NOT_QUALIFIED; in another language, for example.")
        Map<String, String> failureTexts,

        @Option(help = "A completed unit that does not pass one of them is flagged for the reviewer.")
        List<FunctionArgs> attentionChecks,

        @Option(help = "Java methods that pages of remote procedures may call, by the names they call.")
        Map<String, MethodArgs> functions,

        @Option(help = "Is told of each completed unit.") Optional<FunctionArgs> onUnitSubmitted) {

    /** One of the qualifications that a run asks for. */
    public record QualificationArgs(
            @Option(help = "Its name.") String qualificationName,

            @Option(help = "How the worker's value is compared.")
            QualificationComparator comparator,

            @Option(help = "What to compare with: a number, or a list for In and NotIn.")
            Optional<JsonNode> value,

            @Option(help = "The provider types it holds for; absent: all.")
            Optional<List<String>> applicableProviders) {}

    /** A user's function: exactly one of the three forms. */
    public record FunctionArgs(
            @Option(help = "True when the submitted fields have these values.")
            Optional<JsonNode> expect,

            @Option(help = "Asked with a POST of JSON; answers true, false or {\"result\": true}.")
            Optional<String> url,

            @Option(help = "How many seconds to wait for an answer.", defaultValue = "10", min = 0.001, max = 3600)
            double timeout,

            @Option(help = "A method of Hooks.java, or CLASS#METHOD of the blueprint's plugin.")
            Optional<String> java) {}

    /** A method. Its limits are those of the blueprint's function of the same name. */
    public record MethodArgs(
            @Option(help = "A method of Hooks.java, or CLASS#METHOD of the blueprint's plugin.")
            String java) {}
}
