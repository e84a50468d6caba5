package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An agent's work as people read it.
 *
 * @param inputs what the worker was shown
 * @param outputs what the worker made of it
 */
public record ParsedData(JsonNode inputs, JsonNode outputs) {}
