package org.mephisto.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.bind.NearestName;
import org.mephisto.config.bind.Problems;
import org.mephisto.config.compose.Tree;

/**
 * What must hold between options of different groups, one rule each. They look at the tree, before it is bound: what they say of a key
 * comes before "unknown key".
 */
final class ConfigRules {
    private static final String BLUEPRINT = "mephisto.blueprint.";
    private static final String TASK = "mephisto.task.";
    private static final String STATE = "mephisto.shared_state.";
    private static final List<String> DATABASE_TYPES = List.of("singleton", "local", "sqlite", "mysql");

    private static final List<Rule> RULES = List.of(
            ConfigRules::noPythonWorlds,
            ConfigRules::noNpmBuilds,
            ConfigRules::nothingToInstall,
            ConfigRules::nothingToRebuild,
            ConfigRules::screeningOrGold,
            ConfigRules::oneUnitAtATimeWithScreeningOrGold,
            ConfigRules::screeningHasAQualification,
            ConfigRules::screeningDataFitsItsLimit,
            ConfigRules::goldHasAQualification,
            ConfigRules::blockingIsNotWhatPassingGrants,
            ConfigRules::whatIsGivenIsUsed,
            ConfigRules::linksOnlyWorkLocally,
            ConfigRules::knownDatabaseType);

    private ConfigRules() {}

    private interface Rule {
        void check(ObjectNode tree, Problems problems);
    }

    /** @param tree the whole configuration, references resolved */
    static void check(ObjectNode tree, Problems problems) {
        RULES.forEach(rule -> rule.check(tree, problems));
    }

    private static void noPythonWorlds(ObjectNode tree, Problems problems) {
        if (isGiven(tree, BLUEPRINT + "world_file")) {
            problems.add(
                    BLUEPRINT + "world_file",
                    "Python worlds cannot run here: " + quoted(tree, BLUEPRINT + "world_file")
                            + ". Leave it away and describe the conversation with participants, roles, turn_order, max_turns and"
                            + " bots; or write it in Java: mephisto new blueprint NAME.");
        }
    }

    private static void noNpmBuilds(ObjectNode tree, Problems problems) {
        if (isGiven(tree, BLUEPRINT + "custom_source_dir")) {
            problems.add(
                    BLUEPRINT + "custom_source_dir",
                    "npm projects are not built here: " + quoted(tree, BLUEPRINT + "custom_source_dir")
                            + ". Build it yourself and give the finished bundle as custom_source_bundle.");
        }
    }

    private static void nothingToInstall(ObjectNode tree, Problems problems) {
        if (!text(tree, TASK + "post_install_script").isEmpty()) {
            problems.warn(TASK
                    + "post_install_script is ignored: nothing is installed with npm here; give a finished bundle.");
        }
    }

    private static void nothingToRebuild(ObjectNode tree, Problems problems) {
        if (isTrue(tree, TASK + "force_rebuild")) {
            problems.warn(TASK + "force_rebuild is ignored: pages are put together anew for every run.");
        }
    }

    private static void screeningOrGold(ObjectNode tree, Problems problems) {
        if (screens(tree) && usesGold(tree)) {
            problems.add(
                    BLUEPRINT + "use_golds",
                    "use_screening_task and use_golds exclude each other; set one of them to false.");
        }
    }

    private static void oneUnitAtATimeWithScreeningOrGold(ObjectNode tree, Problems problems) {
        if ((screens(tree) || usesGold(tree))
                && !text(tree, TASK + "allowed_concurrent").equals("1")) {
            problems.add(
                    TASK + "allowed_concurrent",
                    "must be \"1\" with " + (screens(tree) ? "use_screening_task" : "use_golds") + ", not "
                            + quoted(tree, TASK + "allowed_concurrent")
                            + ": a worker must be judged before the next unit.");
        }
    }

    private static void screeningHasAQualification(ObjectNode tree, Problems problems) {
        if (screens(tree) && !isGiven(tree, BLUEPRINT + "passed_qualification_name")) {
            problems.add(
                    BLUEPRINT + "passed_qualification_name",
                    "is missing; use_screening_task grants it to workers who pass, so give it a name.");
        }
    }

    private static void screeningDataFitsItsLimit(ObjectNode tree, Problems problems) {
        JsonNode data = Tree.at(tree, STATE + "screening_data");
        if (!screens(tree) || ConfigBinder.isAbsent(data)) {
            return;
        }
        String key = BLUEPRINT + "max_screening_units";
        boolean realWork = data.isBoolean() && !data.booleanValue();
        double limit = Tree.at(tree, key).asDouble(0);
        if (realWork && limit != 0) {
            problems.add(
                    key,
                    "must be \"0\" where screening_data is false, not " + quoted(tree, key)
                            + ": real units screen, so none are made for it.");
        } else if (!realWork && limit <= 0) {
            problems.add(key, "must be more than 0 where there is screening_data, not " + quoted(tree, key) + ".");
        }
    }

    private static void goldHasAQualification(ObjectNode tree, Problems problems) {
        if (usesGold(tree) && !isGiven(tree, BLUEPRINT + "gold_qualification_base")) {
            problems.add(
                    BLUEPRINT + "gold_qualification_base",
                    "is missing; use_golds counts in qualifications whose names start with it, so give it a name.");
        }
    }

    private static void blockingIsNotWhatPassingGrants(ObjectNode tree, Problems problems) {
        blockingIsNot("onboarding_qualification", tree, problems);
        if (screens(tree)) {
            blockingIsNot("passed_qualification_name", tree, problems);
        }
    }

    private static void blockingIsNot(String granted, ObjectNode tree, Problems problems) {
        String key = BLUEPRINT + "block_qualification";
        if (isGiven(tree, key) && text(tree, key).equals(text(tree, BLUEPRINT + granted))) {
            problems.add(
                    key,
                    quoted(tree, key) + " is also the " + granted
                            + ", so whoever passes would be kept out. Give it another name.");
        }
    }

    private static void whatIsGivenIsUsed(ObjectNode tree, Problems problems) {
        if (!isGiven(tree, BLUEPRINT + "onboarding_qualification")) {
            warnOfUnused(
                    tree, "there is no onboarding_qualification", problems, "validate_onboarding", "onboarding_data");
        }
        if (!screens(tree)) {
            warnOfUnused(tree, "use_screening_task is not true", problems, "screening_data", "screen_unit");
        }
        if (!usesGold(tree)) {
            warnOfUnused(tree, "use_golds is not true", problems, "gold_data", "gold_unit");
        }
    }

    private static void warnOfUnused(ObjectNode tree, String why, Problems problems, String... keys) {
        for (String key : keys) {
            if (!ConfigBinder.isAbsent(Tree.at(tree, STATE + key))) {
                problems.warn(STATE + key + " is not used: " + why + " in mephisto.blueprint.");
            }
        }
    }

    private static void linksOnlyWorkLocally(ObjectNode tree, Problems problems) {
        String architect = text(tree, "mephisto.architect._architect_type");
        if (isTrue(tree, BLUEPRINT + "link_task_source") && !architect.equals("local")) {
            problems.add(
                    BLUEPRINT + "link_task_source",
                    "only works with the architect \"local\", not \"" + architect + "\"; set it to false.");
        }
    }

    private static void knownDatabaseType(ObjectNode tree, Problems problems) {
        String key = "mephisto.database._database_type";
        String type = text(tree, key);
        if (!type.isEmpty() && !DATABASE_TYPES.contains(type)) {
            problems.add(key, "there is no database \"" + type + "\"; " + NearestName.hint(type, DATABASE_TYPES));
        }
    }

    private static boolean screens(ObjectNode tree) {
        return isTrue(tree, BLUEPRINT + "use_screening_task");
    }

    private static boolean usesGold(ObjectNode tree) {
        return isTrue(tree, BLUEPRINT + "use_golds");
    }

    private static boolean isTrue(ObjectNode tree, String path) {
        return text(tree, path).toLowerCase(Locale.ROOT).equals("true");
    }

    private static boolean isGiven(ObjectNode tree, String path) {
        return !text(tree, path).isEmpty();
    }

    private static String text(ObjectNode tree, String path) {
        JsonNode value = Tree.at(tree, path);
        return ConfigBinder.isAbsent(value) ? "" : value.asText();
    }

    private static String quoted(ObjectNode tree, String path) {
        return Problems.quoted(Tree.at(tree, path));
    }
}
