package org.mephisto.supervisor.pool;

import org.jspecify.annotations.Nullable;

/**
 * A router asks for what an agent's page has missed.
 *
 * @param number tells the router which question an answer is for, as JSON; null for a question without one
 * @param after where an answer has stopped that is to go on; {@link org.mephisto.journal.UpdateJournal#NONE} for all that the page has missed
 */
public record PageQuestion(@Nullable String number, long after) {}
