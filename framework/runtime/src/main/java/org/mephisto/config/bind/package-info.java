/**
 * Options: what a configuration record declares, the binding of trees to such records, and the report of all that is wrong at once.
 * Called when something is configured or described, never while a task runs; blocks on nothing.
 */
@NullMarked
package org.mephisto.config.bind;

import org.jspecify.annotations.NullMarked;
