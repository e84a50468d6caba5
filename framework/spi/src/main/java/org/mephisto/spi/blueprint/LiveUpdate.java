package org.mephisto.spi.blueprint;

import java.time.Instant;
import org.mephisto.spi.json.JsonValue;

/**
 * One message between page and blueprint while the work goes on.
 *
 * @param updateId unique for the agent, in both directions; a second one with the same id is dropped
 * @param sentAt by the sender's clock, which for a page may be minutes off
 * @param data an object
 */
public record LiveUpdate(String updateId, boolean fromWorker, Instant sentAt, JsonValue data) {}
