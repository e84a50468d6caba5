package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Who somebody is in one conversation.
 *
 * @param name what the others see
 * @param context what this role knows
 */
public record Part(String name, Optional<String> role, ObjectNode context) {
    /** The same role under another name. */
    Part as(String other) {
        return new Part(other, role, context);
    }
}
