/**
 * Configurations: {@link org.mephisto.config.ConfigLoader} turns a task's files and the command line into a {@link
 * org.mephisto.config.RunScriptConfig}, or into one report of all that is wrong; {@link org.mephisto.config.ConfigHandler} keeps the user's
 * own settings. Called by commands and the operator before a run; reads and writes files, so never on an event loop.
 */
@NullMarked
package org.mephisto.config;

import org.jspecify.annotations.NullMarked;
