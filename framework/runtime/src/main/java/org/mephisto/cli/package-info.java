/**
 * The {@code mephisto} command. Every command is a class of its own on picocli; {@link org.mephisto.cli.MephistoCli#run} runs a command
 * line and returns its exit code (0 done, 1 failed, 2 wrong usage or configuration), so that tests run it in-process. Results go to
 * standard output, everything else to standard error.
 */
@NullMarked
package org.mephisto.cli;

import org.jspecify.annotations.NullMarked;
