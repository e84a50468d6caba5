package org.mephisto.config.state;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mephisto.config.hooks.HookCalls;
import org.mephisto.config.hooks.HookMethod;
import org.mephisto.config.hooks.HookSignature.Given;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

/** The form {@code {java: ..., timeout: ...}}. Blocks its caller for at most the time-out; thread-safe, as far as the method is. */
record JavaFunction(HookCalls calls, HookMethod method, Duration timeout) {
    boolean workerCanDoUnit(Worker worker, Unit unit) {
        return isTrue(calls.call(method, timeout, Map.of(Given.WORKER, worker, Given.UNIT, unit)));
    }

    boolean validateOnboarding(JsonValue onboardingData) {
        return isTrue(calls.call(method, timeout, Map.of(Given.DATA, onboardingData)));
    }

    Verdict judgeUnit(Unit unit, AgentState state) {
        Object answer = calls.call(method, timeout, submitted(unit, state));
        return answer instanceof Verdict verdict
                ? verdict
                : answer == null ? Verdict.UNDECIDED : Verdict.of(isTrue(answer));
    }

    boolean passes(Unit unit, AgentState state) {
        return isTrue(calls.call(method, timeout, submitted(unit, state)));
    }

    void onUnitSubmitted(Unit unit, AgentState state) {
        calls.call(method, timeout, submitted(unit, state));
    }

    /** For a page, which is told what a {@link MephistoException} says; other failures are nothing for workers. */
    JsonValue answerPage(JsonValue arguments, AgentState state) {
        try {
            Object answer = calls.call(method, timeout, Map.of(Given.DATA, arguments, Given.STATE, state));
            return answer instanceof JsonValue json ? json : JsonValue.of(answer);
        } catch (MephistoException e) {
            if (e.code() == ErrorCode.PLUGIN_FAILED) {
                throw new IllegalStateException(e.getMessage(), e.getCause());
            }
            throw e;
        }
    }

    private boolean isTrue(@Nullable Object answer) {
        if (answer instanceof Boolean truth) {
            return truth;
        }
        throw new MephistoException(
                ErrorCode.PLUGIN_FAILED,
                "The method " + method.name() + " returned null. Have it return true or false.");
    }

    private static Map<Given, Object> submitted(Unit unit, AgentState state) {
        Map<Given, Object> values = new EnumMap<>(Given.class);
        values.put(Given.UNIT, unit);
        values.put(Given.STATE, state);
        values.put(Given.DATA, state.submission().map(Submission::data).orElseGet(JsonValue::emptyObject));
        return values;
    }
}
