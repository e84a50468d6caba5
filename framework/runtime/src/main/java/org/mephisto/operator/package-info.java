/**
 * Launches task runs and sees them to their end. {@link org.mephisto.operator.Operator#validateAndRunConfig} puts a run together from a
 * configuration (blueprint, architect, crowd provider); {@link org.mephisto.operator.RunningTaskRun} is the handle on it. Every step that
 * sets something up leaves behind how to take it down; a failed launch and the end of a run go the same way back.
 */
@NullMarked
package org.mephisto.operator;

import org.jspecify.annotations.NullMarked;
