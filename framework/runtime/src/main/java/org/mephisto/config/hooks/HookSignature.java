package org.mephisto.config.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

/**
 * What methods a function may be: any that take some of the values, each at most once and in any order, and return what is asked.
 *
 * @param function its key, such as {@code screen_unit}
 * @param given what it is given
 * @param answer what it returns
 */
public record HookSignature(String function, List<Given> given, Answer answer) {
    public static final HookSignature WORKER_CAN_DO_UNIT =
            new HookSignature("worker_can_do_unit", List.of(Given.WORKER, Given.UNIT), Answer.TRUTH);
    public static final HookSignature VALIDATE_ONBOARDING =
            new HookSignature("validate_onboarding", List.of(Given.DATA), Answer.TRUTH);
    public static final HookSignature ON_UNIT_SUBMITTED =
            new HookSignature("on_unit_submitted", List.of(Given.UNIT, Given.STATE, Given.DATA), Answer.NONE);

    public static final HookSignature ATTENTION_CHECK =
            new HookSignature("attention_checks", List.of(Given.UNIT, Given.STATE, Given.DATA), Answer.TRUTH);
    /** What a page calls: gets the arguments as data. */
    public static final HookSignature REMOTE_FUNCTION =
            new HookSignature("functions", List.of(Given.DATA, Given.STATE), Answer.JSON);

    public HookSignature {
        given = List.copyOf(given);
    }

    /** Of {@code screen_unit} and {@code gold_unit}. */
    public static HookSignature judge(String function) {
        return new HookSignature(function, List.of(Given.UNIT, Given.STATE, Given.DATA), Answer.VERDICT);
    }

    /** Something that a method may take. */
    public enum Given {
        WORKER("Worker worker", Worker.class),
        UNIT("Unit unit", Unit.class),
        STATE("AgentState state", AgentState.class),
        /** What was submitted; a {@code JsonNode} where the method wants one. */
        DATA("JsonValue data", JsonValue.class);

        private final String parameter;
        private final Class<?> type;

        Given(String parameter, Class<?> type) {
            this.parameter = parameter;
            this.type = type;
        }

        boolean fits(Class<?> wanted) {
            return wanted == type || (this == DATA && wanted == JsonNode.class);
        }

        static Object as(Class<?> wanted, Object value) {
            return wanted == JsonNode.class && value instanceof JsonValue json ? json.node() : value;
        }
    }

    /** What a method returns. */
    public enum Answer {
        TRUTH("boolean"),
        /** True, false, or null for neither. */
        VERDICT("boolean"),
        /** What can be written as JSON. */
        JSON("JsonNode"),
        /** Nothing, or anything. */
        NONE("void");

        private final String word;

        Answer(String word) {
            this.word = word;
        }

        boolean fits(Type returned) {
            return switch (this) {
                case TRUTH -> returned == boolean.class || returned == Boolean.class;
                case VERDICT -> returned == boolean.class || returned == Boolean.class || returned == Verdict.class;
                case JSON -> returned != void.class;
                case NONE -> true;
            };
        }
    }

    /** A method with this name as it may look, with all it may take. */
    String example(String method) {
        return "public " + answer.word + " " + method + "("
                + given.stream().map(each -> each.parameter).collect(Collectors.joining(", ")) + ")";
    }
}
