package org.mephisto.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.ScreeningArgs;
import org.mephisto.spi.blueprint.ScreensWorkers;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.SharedTaskState.JudgeUnit;
import org.mephisto.spi.blueprint.UsesGoldUnits;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;

/** Refuses screening and gold units that lack something they cannot do without, be it of the configuration or of code. */
final class AbilityCheck {
    private static final String BLUEPRINT = "mephisto.blueprint.";
    private static final String STATE = "mephisto.shared_state.";

    private AbilityCheck() {}

    /** @throws ConfigException with all that is missing */
    static void requireComplete(Blueprint blueprint, SharedTaskState state) {
        List<Problem> problems = new ArrayList<>();
        screening(blueprint).ifPresent(args -> checkScreening(args, state, problems));
        golds(blueprint).ifPresent(args -> checkGold(state, problems));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /** The blueprint's options for screening, where it is used. */
    static Optional<ScreeningArgs> screening(Blueprint blueprint) {
        return blueprint instanceof ScreensWorkers screens
                        && screens.screening().useScreeningTask()
                ? Optional.of(screens.screening())
                : Optional.empty();
    }

    /** The blueprint's options for gold units, where they are used. */
    static Optional<GoldArgs> golds(Blueprint blueprint) {
        return blueprint instanceof UsesGoldUnits golds && golds.golds().useGolds()
                ? Optional.of(golds.golds())
                : Optional.empty();
    }

    private static void checkScreening(ScreeningArgs args, SharedTaskState state, List<Problem> problems) {
        int most = args.maxScreeningUnits().orElse(0);
        String key = BLUEPRINT + "max_screening_units";
        if (state.screeningData().isPresent() && most <= 0) {
            problems.add(new Problem(key, "must be more than 0 where there is screening_data, not \"" + most + "\"."));
        } else if (state.screeningData().isEmpty() && most != 0) {
            problems.add(new Problem(
                    key,
                    "\"" + most + "\" does not go without screening data. Give " + STATE
                            + "screening_data; or set it to 0, and real units screen."));
        }
        if (state.screenUnit() == JudgeUnit.NOBODY) {
            problems.add(new Problem(
                    STATE + "screen_unit",
                    "is missing; use_screening_task needs somebody who says whether a worker has passed, such as {expect:"
                            + " {answer: 4}} or {url: ...}."));
        }
    }

    private static void checkGold(SharedTaskState state, List<Problem> problems) {
        if (state.goldData().isEmpty()) {
            problems.add(new Problem(
                    STATE + "gold_data", "is missing; use_golds makes gold units of it. Give a list or a file."));
        }
    }
}
