package org.mephisto.spi.blueprint;

/** A live update and the agent whose page sent it. */
public record AgentUpdate(Agent agent, LiveUpdate update) {}
