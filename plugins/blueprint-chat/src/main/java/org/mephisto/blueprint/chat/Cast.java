package org.mephisto.blueprint.chat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mephisto.blueprint.chat.bot.BotConfig;
import org.mephisto.blueprint.chat.talk.Part;
import org.mephisto.spi.blueprint.AssignmentData;

/** Who is who in every conversation of a run. Immutable. */
record Cast(List<String> roles) {
    Cast {
        roles = List.copyOf(roles);
    }

    /** The person of this unit: called by their role, with a number where several share it, else by a number alone. */
    Part person(int index, AssignmentData assignment) {
        Optional<String> role = index < roles.size() ? Optional.of(roles.get(index)) : Optional.empty();
        return new Part(name(index), role, ChatContexts.known(assignment.shared(), role));
    }

    /** The names of so many people, in the order of their units. */
    List<String> names(int participants) {
        return IntStream.range(0, participants).mapToObj(this::name).toList();
    }

    private String name(int index) {
        return index < roles.size() ? nameOf(roles.get(index), index) : "Person " + (index + 1);
    }

    private String nameOf(String role, int index) {
        if (Collections.frequency(roles, role) == 1) {
            return role;
        }
        return role + " " + (1 + Collections.frequency(roles.subList(0, index), role));
    }

    static Part bot(BotConfig config, AssignmentData assignment) {
        return new Part(config.name(), config.role(), ChatContexts.known(assignment.shared(), config.role()));
    }
}
