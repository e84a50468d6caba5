package org.mephisto.spi.blueprint;

import java.util.List;

/** Several workers at one assignment. */
public interface AssignmentSession extends Session {
    /** The agents in the order of their units. */
    List<Agent> agents();
}
