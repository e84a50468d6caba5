package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.QualificationRequirement;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

/**
 * Values and functions that cannot stand in options; from Java, or from {@code mephisto.shared_state}. Immutable; the functions are
 * called by several threads at once, on virtual threads, and may block.
 *
 * @param taskConfig goes into {@code task_config.json} as it is
 * @param qualifications what the run asks of its workers
 * @param staticTaskData the work of static blueprints, where no data file is configured: each item is an assignment's shared data; asked
 *     once
 * @param onboardingData what onboarding pages get
 * @param workerCanDoUnit the last word on whether a worker may get a unit; if it throws, the worker may not
 * @param validateOnboarding judges a worker's onboarding by what their page submitted; if it throws, the worker has not passed
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
        OnUnitSubmitted onUnitSubmitted,
        Map<String, RemoteFunction> functions) {
    public SharedTaskState {
        taskConfig = Map.copyOf(taskConfig);
        functions = Map.copyOf(functions);
        qualifications = List.copyOf(qualifications);
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
                    onUnitSubmitted,
                    functions);
        }
    }
}
