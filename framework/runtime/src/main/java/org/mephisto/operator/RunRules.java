package org.mephisto.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.mephisto.qualification.Qualifications;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardsWorkers;
import org.mephisto.spi.blueprint.ScreeningArgs;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.SharedTaskState.JudgeUnit;
import org.mephisto.spi.blueprint.SharedTaskState.WorkerNeedsGold;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.model.QualificationRequirement;
import org.mephisto.supervisor.eligibility.Eligibility;
import org.mephisto.supervisor.eligibility.GoldRule;
import org.mephisto.supervisor.eligibility.OnboardingRule;
import org.mephisto.supervisor.eligibility.ScreeningRule;
import org.mephisto.supervisor.eligibility.SpecialItem;
import org.mephisto.supervisor.eligibility.SpecialItems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works out what a run asks of its workers, from the options and abilities of its blueprint and from its shared state. */
final class RunRules {
    private static final Logger LOG = LoggerFactory.getLogger(RunRules.class);

    private RunRules() {}

    /** @throws ConfigException when the blueprint's units run together, which leaves no place for special ones, or data are unusable */
    static Eligibility of(RunParts parts, TaskRunner runner) {
        Blueprint blueprint = parts.blueprint();
        SharedTaskState state = parts.sharedState();
        Optional<String> block =
                parts.config().blueprintArgs().blockQualification().filter(name -> !name.isBlank());
        Optional<OnboardingRule> onboarding = blueprint instanceof OnboardsWorkers onboards
                        && onboards.onboarding().isUsed()
                ? onboards.onboarding().onboardingQualification().map(OnboardingRule::new)
                : Optional.empty();
        Optional<ScreeningRule> screening =
                AbilityCheck.screening(blueprint).map(args -> screening(args, block, state));
        Optional<GoldRule> gold = AbilityCheck.golds(blueprint).map(args -> gold(args, state));
        if (runner.isConcurrent() && (screening.isPresent() || gold.isPresent())) {
            throw new ConfigException(
                    "mephisto.blueprint._blueprint_type",
                    "\"" + parts.types().blueprint()
                            + "\" has several workers work together, which does not go with screening and gold units."
                            + " Set use_screening_task and use_golds to false, or take another blueprint.");
        }
        List<String> barring = Stream.of(
                        block,
                        onboarding.map(OnboardingRule::failed),
                        screening.map(ScreeningRule::blocked),
                        gold.map(GoldRule::disqualified))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return new Eligibility(requirements(state, blueprint, barring), onboarding, screening, gold);
    }

    private static List<QualificationRequirement> requirements(
            SharedTaskState state, Blueprint blueprint, List<String> barring) {
        List<QualificationRequirement> all = new ArrayList<>(state.qualifications());
        all.addAll(blueprint.requiredQualifications());
        all.add(Qualifications.mustNotBeBlocked());
        barring.forEach(name -> all.add(QualificationRequirement.mustNotExist(name)));
        return all;
    }

    private static ScreeningRule screening(ScreeningArgs args, Optional<String> block, SharedTaskState state) {
        String passed = args.passedQualificationName().orElseThrow();
        return new ScreeningRule(
                passed,
                block.orElse(passed + "-failed"),
                args.maxScreeningUnits().orElse(0),
                state.screeningData().map(SpecialItems::new));
    }

    private static GoldRule gold(GoldArgs args, SharedTaskState state) {
        SpecialItems items = new SpecialItems(state.goldData().orElseThrow());
        List<SpecialItem> listed = items.listed();
        for (int i = 0; i < listed.size(); i++) {
            if (listed.get(i).expect().isEmpty() && state.goldUnit() == JudgeUnit.NOBODY) {
                throw new ConfigException(
                        "mephisto.shared_state.gold_data[" + i + "]",
                        "has no right answer. Give it expect: {field: value}, or give the function gold_unit.");
            }
        }
        warnOfTooFewGolds(args, listed.size(), state);
        return new GoldRule(
                args.goldQualificationBase().orElseThrow(),
                args.maxGoldUnits().map(OptionalInt::of).orElseGet(OptionalInt::empty),
                args.minGolds(),
                args.maxIncorrectGolds(),
                items,
                state.workerNeedsGold(),
                state.workerQualifies());
    }

    /** Each worker gets each item once; a program's items may come from a stream, of which nothing is known here. */
    private static void warnOfTooFewGolds(GoldArgs args, int items, SharedTaskState state) {
        if (state.workerNeedsGold() != WorkerNeedsGold.DECAYING) {
            return;
        }
        if (items > 0 && args.minGolds() > items) {
            LOG.warn(
                    "min_golds is {}, and gold_data has {} items, of which a worker gets each once: nobody will come to ordinary units.",
                    args.minGolds(),
                    items);
        }
        args.maxGoldUnits()
                .filter(most -> most < args.minGolds())
                .ifPresent(most -> LOG.warn(
                        "max_gold_units is {}, and each worker must get min_golds ({}) right first: nobody will come to ordinary units.",
                        most,
                        args.minGolds()));
    }
}
