package org.mephisto.operator;

import java.util.ArrayList;
import java.util.List;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.OnboardsWorkers;
import org.mephisto.spi.blueprint.ScreensWorkers;
import org.mephisto.spi.blueprint.UsesGoldUnits;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;

/** Refuses what a configuration may ask for and this version does not do yet: ignored, it would let in workers who must stay out. */
final class AbilityCheck {
    private AbilityCheck() {}

    /** @throws ConfigException with all that is asked for in vain */
    static void requireOffered(Blueprint blueprint) {
        List<Problem> problems = new ArrayList<>();
        if (blueprint instanceof OnboardsWorkers onboards
                && onboards.onboarding().isUsed()) {
            problems.add(missing("onboarding_qualification", "onboarding"));
        }
        if (blueprint instanceof ScreensWorkers screens && screens.screening().useScreeningTask()) {
            problems.add(missing("use_screening_task", "screening units"));
        }
        if (blueprint instanceof UsesGoldUnits golds && golds.golds().useGolds()) {
            problems.add(missing("use_golds", "gold units"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static Problem missing(String key, String what) {
        return new Problem(
                "mephisto.blueprint." + key,
                "asks for " + what
                        + ", which this version does not have yet. Leave the key out, and choose workers with mephisto.shared_state.qualifications.");
    }
}
