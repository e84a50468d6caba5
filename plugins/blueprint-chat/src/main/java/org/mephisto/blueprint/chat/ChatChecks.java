package org.mephisto.blueprint.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mephisto.blueprint.chat.bot.BotConfig;
import org.mephisto.blueprint.chat.form.FormQuestion;
import org.mephisto.blueprint.chat.form.Forms;
import org.mephisto.blueprint.chat.talk.ChatUpdates;
import org.mephisto.blueprint.chat.talk.OnboardingTalk;
import org.mephisto.blueprint.chat.talk.PartnerLeftConfig.Action;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.config.Problem;

/** What no type can catch: options that do not go together. */
final class ChatChecks {
    private static final String GROUP = "mephisto.blueprint.";

    private ChatChecks() {}

    static List<Problem> problems(ChatConfig config) {
        List<Problem> problems = new ArrayList<>();
        checkOtherWays(config, problems);
        checkPeople(config, problems);
        if (config.maxTurns() == 0 && !config.peopleMayEnd()) {
            problems.add(new Problem(
                    GROUP + "max_turns",
                    "\"0\" means that the chat never ends. Say how many messages it has, or set people_may_end."));
        }
        if (config.onPartnerLeft().action() == Action.BOT && config.bots().isEmpty()) {
            problems.add(
                    new Problem(
                            GROUP + "on_partner_left.action",
                            "\"bot\" needs a bot. Add one to bots; with stand_in: true it only speaks when somebody has left."));
        }
        checkForm(config.finalForm(), problems);
        return problems;
    }

    /** What does not go together with the options outside {@code mephisto.blueprint}. */
    static List<Problem> problems(ChatConfig config, BlueprintContext context) {
        List<Problem> problems = new ArrayList<>();
        int limit = context.task().maxNumConcurrentUnits();
        if (limit > 0 && limit < config.participants()) {
            problems.add(new Problem(
                    "mephisto.task.max_num_concurrent_units",
                    "\"" + limit + "\" is fewer than the " + config.participants()
                            + " people of a chat, so none would ever begin. Allow at least " + config.participants()
                            + ", or 0 for no limit."));
        }
        JsonNode form = context.sharedState().onboardingData().node().path(OnboardingTalk.FORM);
        if (config.onboarding().isUsed() && !Forms.isNone(form)) {
            problems.addAll(Forms.problems(form, "mephisto.shared_state.onboarding_data." + OnboardingTalk.FORM));
        }
        return problems;
    }

    /** What the original says in Python or builds with npm. */
    private static void checkOtherWays(ChatConfig config, List<Problem> problems) {
        config.worldFile()
                .ifPresent(
                        file -> problems.add(
                                new Problem(
                                        GROUP + "world_file",
                                        "\"" + file
                                                + "\" is a Python world, which does not run here. Leave the key out and say the same with"
                                                + " participants, roles, turn_order, max_turns, turn_timeout_seconds, on_partner_left and"
                                                + " final_form; a model or your own code takes part through bots, as an HTTP endpoint.")));
        config.page()
                .customSourceDir()
                .ifPresent(folder -> problems.add(new Problem(
                        GROUP + "custom_source_dir",
                        "\"" + folder
                                + "\" would have to be built with npm, which is not done here. Build it yourself (npm run"
                                + " build), and give the bundle as custom_source_bundle.")));
    }

    private static void checkPeople(ChatConfig config, List<Problem> problems) {
        List<BotConfig> present =
                config.bots().stream().filter(bot -> !bot.standIn()).toList();
        if (config.participants() + present.size() < 2) {
            problems.add(new Problem(
                    GROUP + "participants",
                    "\"1\" person has nobody to talk with. Ask for two people, or add one of bots."));
        }
        if (!config.roles().isEmpty() && config.roles().size() != config.participants()) {
            problems.add(new Problem(
                    GROUP + "roles",
                    "there are " + config.roles().size() + " roles for " + config.participants()
                            + " participants. Give each person a role (a bot has its own), or leave roles out."));
        }
        checkNames(config, problems);
    }

    /** Pages and the journal know who speaks by the name alone. */
    private static void checkNames(ChatConfig config, List<Problem> problems) {
        if (config.roles().contains(ChatUpdates.SYSTEM)) {
            problems.add(new Problem(
                    GROUP + "roles",
                    "the role \"" + ChatUpdates.SYSTEM
                            + "\" is the name under which the task itself speaks. Give the role another."));
        }
        List<String> people = new Cast(config.roles()).names(config.participants());
        people.stream()
                .distinct()
                .filter(name -> Collections.frequency(people, name) > 1)
                .forEach(
                        name -> problems.add(
                                new Problem(
                                        GROUP + "roles",
                                        "two people would be called \"" + name
                                                + "\" in the chat: who shares a role gets a number. Give one of the roles another name.")));
        for (BotConfig bot : config.bots()) {
            if (people.contains(bot.name())
                    || config.roles().contains(bot.name())
                    || bot.name().equals(ChatUpdates.SYSTEM)) {
                problems.add(new Problem(
                        GROUP + "bots",
                        "the name \"" + bot.name() + "\" is taken. In the chat people are called "
                                + String.join(", ", people) + ", and the task itself " + ChatUpdates.SYSTEM
                                + "; give the bot another."));
            }
        }
    }

    private static void checkForm(List<FormQuestion> form, List<Problem> problems) {
        for (int i = 0; i < form.size(); i++) {
            problems.addAll(form.get(i).problems(GROUP + "final_form[" + i + "]"));
        }
    }

    /** Every role that somebody may play, person or bot. */
    static Set<String> allRoles(ChatConfig config) {
        Set<String> roles = new LinkedHashSet<>(config.roles());
        config.bots().forEach(bot -> bot.role().ifPresent(roles::add));
        return roles;
    }
}
