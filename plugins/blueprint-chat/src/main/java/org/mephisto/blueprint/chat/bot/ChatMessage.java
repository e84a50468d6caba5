package org.mephisto.blueprint.chat.bot;

/**
 * One message as bots read it.
 *
 * @param id who wrote it, by the name that people see
 * @param timestamp when, in seconds
 */
public record ChatMessage(String id, String text, double timestamp) {}
