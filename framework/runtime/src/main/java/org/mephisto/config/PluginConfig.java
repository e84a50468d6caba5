package org.mephisto.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The choice of a plugin and its options.
 *
 * @param type such as {@code static_task}
 * @param options the group's keys with their defaults, those that all types share and the type itself left out; checked, do not change
 */
public record PluginConfig(String type, ObjectNode options) {}
