package org.mephisto.blueprint.chat.talk;

import org.mephisto.blueprint.chat.bot.Bot;

/** A bot that takes the place of somebody who left. */
public record StandIn(String name, Bot bot) {}
