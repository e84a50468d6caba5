/**
 * Logging: one line a fact on standard error, levels for all and per part, the run's number in each line. {@link
 * org.mephisto.logging.Logging} is set up once when the program starts and may be changed at any time from any thread.
 */
@NullMarked
package org.mephisto.logging;

import org.jspecify.annotations.NullMarked;
