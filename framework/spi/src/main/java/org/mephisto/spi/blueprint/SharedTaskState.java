package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.QualificationRequirement;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

// As long as its components are many: each has its documentation, its type and its place in the builder here.
/**
 * Values and functions that cannot stand in options; from Java, or from {@code mephisto.shared_state}. Immutable; the functions are
 * called by several threads at once, on virtual threads, and may block; one that takes longer than {@code functionTimeout} is given up.
 *
 * @param taskConfig goes into {@code task_config.json} as it is
 * @param qualifications what the run asks of its workers
 * @param staticTaskData the work of static blueprints, where no data file is configured: each item is an assignment's shared data; asked
 *     once
 * @param onboardingData what onboarding pages get
 * @param workerCanDoUnit the last word on whether a worker may get a unit; if it throws, the worker may not
 * @param validateOnboarding judges a worker's onboarding by what their page submitted; if it throws, the worker has not passed,
 *     unless the exception says that the judge could not be asked ({@link org.mephisto.spi.error.ErrorCode#isRetryable()}): then the worker is
 *     asked to come back, and what they submitted is judged then
 * @param screeningData the work that screens, where {@code use_screening_task} is set: each item is a unit's shared data. A stream of a known
 *     size is gone through again and again, any other is used up. Empty: real units screen
 * @param screenUnit judges a screening unit
 * @param goldData the work whose answers are known, where {@code use_golds} is set: each item is a unit's shared data; its key {@code expect},
 *     which no page gets to see, may hold fields and their right values. A worker gets each item once
 * @param goldUnit judges a gold unit whose item has no {@code expect}
 * @param workerNeedsGold whether a worker's next unit is a gold one
 * @param workerQualifies whether a worker may go on after a gold unit was judged
 * @param failureTexts sentences for workers who get no unit, in place of {@link FailureReason#sentence()}
 * @param functionTimeout how long any of the functions may take; a minute unless set
 * @param attentionChecks each passes a completed unit, or does not: then the unit is flagged for the reviewer, and nothing else happens. Not
 *     asked of screening and gold units; one that throws is flagged as not made
 * @param onUnitSubmitted told after each completed unit, outside every lock; what it throws is logged and harms nothing
 * @param functions what pages of remote procedures may call, by name
 */
public record SharedTaskState(
        Map<String, Object> taskConfig,
        List<QualificationRequirement> qualifications,
        Optional<Supplier<Stream<JsonNode>>> staticTaskData,
        JsonValue onboardingData,
        WorkerCanDoUnit workerCanDoUnit,
        ValidateOnboarding validateOnboarding,
        Optional<Supplier<Stream<JsonNode>>> screeningData,
        JudgeUnit screenUnit,
        Optional<Supplier<Stream<JsonNode>>> goldData,
        JudgeUnit goldUnit,
        WorkerNeedsGold workerNeedsGold,
        WorkerQualifies workerQualifies,
        Map<FailureReason, String> failureTexts,
        Duration functionTimeout,
        List<AttentionCheck> attentionChecks,
        OnUnitSubmitted onUnitSubmitted,
        Map<String, RemoteFunction> functions) {
    public SharedTaskState {
        taskConfig = Map.copyOf(taskConfig);
        functions = Map.copyOf(functions);
        qualifications = List.copyOf(qualifications);
        failureTexts = Map.copyOf(failureTexts);
        attentionChecks = List.copyOf(attentionChecks);
    }

    /** Nothing set: no qualifications, every worker may do every unit. */
    public static SharedTaskState empty() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.taskConfig = taskConfig;
        builder.qualifications = qualifications;
        builder.staticTaskData = staticTaskData;
        builder.onboardingData = onboardingData;
        builder.workerCanDoUnit = workerCanDoUnit;
        builder.validateOnboarding = validateOnboarding;
        builder.screeningData = screeningData;
        builder.screenUnit = screenUnit;
        builder.goldData = goldData;
        builder.goldUnit = goldUnit;
        builder.workerNeedsGold = workerNeedsGold;
        builder.workerQualifies = workerQualifies;
        builder.failureTexts = failureTexts;
        builder.functionTimeout = functionTimeout;
        builder.attentionChecks = attentionChecks;
        builder.onUnitSubmitted = onUnitSubmitted;
        builder.functions = functions;
        return builder;
    }

    /** See {@link SharedTaskState#workerCanDoUnit}. */
    @FunctionalInterface
    public interface WorkerCanDoUnit {
        /** Lets every worker do every unit. */
        WorkerCanDoUnit ALWAYS = (worker, unit) -> true;

        boolean test(Worker worker, Unit unit);
    }

    /** See {@link SharedTaskState#validateOnboarding}. */
    @FunctionalInterface
    public interface ValidateOnboarding {
        boolean test(JsonValue onboardingData);
    }

    /**
     * See {@link SharedTaskState#screenUnit} and {@link SharedTaskState#goldUnit}. Called once the submission is stored, on a virtual thread;
     * until it has answered, its worker waits and nobody else. Asked again later when it throws a {@link
     * org.mephisto.spi.error.MephistoException} whose code is retryable; anything else that it throws counts as {@link Verdict#UNDECIDED}.
     */
    @FunctionalInterface
    public interface JudgeUnit {
        /** Judges nothing. */
        JudgeUnit NOBODY = (unit, state) -> Verdict.UNDECIDED;

        Verdict judge(Unit unit, AgentState state);
    }

    /** See {@link SharedTaskState#workerNeedsGold}. Quick: it is called while the worker waits for a unit. */
    @FunctionalInterface
    public interface WorkerNeedsGold {
        /** Until {@code minGolds} are right, then less and less often. */
        WorkerNeedsGold DECAYING = (completed, correct, incorrect, minGolds) -> correct < minGolds
                || correct - (minGolds + incorrect) < Math.ceil(Math.pow(Math.log10(completed + 1.0), 2.2)) - 1;

        /** @param completed the worker's ordinary units */
        boolean test(int completed, int correct, int incorrect, int minGolds);
    }

    /** See {@link SharedTaskState#workerQualifies}. */
    @FunctionalInterface
    public interface WorkerQualifies {
        /** As long as no more than {@code maxIncorrectGolds} are wrong. */
        WorkerQualifies FEW_WRONG =
                (completed, correct, incorrect, maxIncorrectGolds) -> incorrect <= maxIncorrectGolds;

        /** @param completed the worker's ordinary units */
        boolean test(int completed, int correct, int incorrect, int maxIncorrectGolds);
    }

    /** See {@link SharedTaskState#attentionChecks}. Called once the submission is stored, outside every lock. */
    @FunctionalInterface
    public interface AttentionCheck {
        boolean passes(Unit unit, AgentState state);
    }

    /** See {@link SharedTaskState#onUnitSubmitted}. */
    @FunctionalInterface
    public interface OnUnitSubmitted {
        /** Does nothing. */
        OnUnitSubmitted NOTHING = (unit, state) -> {};

        void accept(Unit unit, AgentState state);
    }

    /** Sets what is needed; the rest keeps its default. Confined to one thread. */
    public static final class Builder {
        private Map<String, Object> taskConfig = Map.of();
        private List<QualificationRequirement> qualifications = List.of();
        private Optional<Supplier<Stream<JsonNode>>> staticTaskData = Optional.empty();
        private JsonValue onboardingData = JsonValue.emptyObject();
        private WorkerCanDoUnit workerCanDoUnit = WorkerCanDoUnit.ALWAYS;
        private ValidateOnboarding validateOnboarding = data -> true;
        private Optional<Supplier<Stream<JsonNode>>> screeningData = Optional.empty();
        private JudgeUnit screenUnit = JudgeUnit.NOBODY;
        private Optional<Supplier<Stream<JsonNode>>> goldData = Optional.empty();
        private JudgeUnit goldUnit = JudgeUnit.NOBODY;
        private WorkerNeedsGold workerNeedsGold = WorkerNeedsGold.DECAYING;
        private WorkerQualifies workerQualifies = WorkerQualifies.FEW_WRONG;
        private Map<FailureReason, String> failureTexts = Map.of();
        private Duration functionTimeout = Duration.ofMinutes(1);
        private List<AttentionCheck> attentionChecks = List.of();
        private OnUnitSubmitted onUnitSubmitted = OnUnitSubmitted.NOTHING;
        private Map<String, RemoteFunction> functions = Map.of();

        private Builder() {}

        public Builder taskConfig(Map<String, Object> value) {
            taskConfig = value;
            return this;
        }

        public Builder qualifications(List<QualificationRequirement> value) {
            qualifications = value;
            return this;
        }

        /** A stream may be lazy and endless. */
        public Builder staticTaskData(Supplier<Stream<JsonNode>> value) {
            staticTaskData = Optional.of(value);
            return this;
        }

        public Builder onboardingData(JsonValue value) {
            onboardingData = value;
            return this;
        }

        public Builder workerCanDoUnit(WorkerCanDoUnit value) {
            workerCanDoUnit = value;
            return this;
        }

        public Builder validateOnboarding(ValidateOnboarding value) {
            validateOnboarding = value;
            return this;
        }

        /** A stream may be lazy and endless. */
        public Builder screeningData(Supplier<Stream<JsonNode>> value) {
            screeningData = Optional.of(value);
            return this;
        }

        /** Real units screen, whatever was set before. */
        public Builder screenWithRealUnits() {
            screeningData = Optional.empty();
            return this;
        }

        public Builder screenUnit(JudgeUnit value) {
            screenUnit = value;
            return this;
        }

        /** A stream may be lazy and endless. */
        public Builder goldData(Supplier<Stream<JsonNode>> value) {
            goldData = Optional.of(value);
            return this;
        }

        public Builder goldUnit(JudgeUnit value) {
            goldUnit = value;
            return this;
        }

        public Builder workerNeedsGold(WorkerNeedsGold value) {
            workerNeedsGold = value;
            return this;
        }

        public Builder workerQualifies(WorkerQualifies value) {
            workerQualifies = value;
            return this;
        }

        public Builder failureTexts(Map<FailureReason, String> value) {
            failureTexts = value;
            return this;
        }

        public Builder functionTimeout(Duration value) {
            functionTimeout = value;
            return this;
        }

        public Builder attentionChecks(List<AttentionCheck> value) {
            attentionChecks = value;
            return this;
        }

        public Builder onUnitSubmitted(OnUnitSubmitted value) {
            onUnitSubmitted = value;
            return this;
        }

        public Builder functions(Map<String, RemoteFunction> value) {
            functions = value;
            return this;
        }

        public SharedTaskState build() {
            return new SharedTaskState(
                    taskConfig,
                    qualifications,
                    staticTaskData,
                    onboardingData,
                    workerCanDoUnit,
                    validateOnboarding,
                    screeningData,
                    screenUnit,
                    goldData,
                    goldUnit,
                    workerNeedsGold,
                    workerQualifies,
                    failureTexts,
                    functionTimeout,
                    attentionChecks,
                    onUnitSubmitted,
                    functions);
        }
    }
}
