/**
 * What {@code mephisto bench} measures, and against what. The command (in the user's process) starts three kinds of child processes and
 * talks to each in lines of JSON over its standard input and output: the server under test, the bare peer that shows what the machine
 * could do at best, and the load generator that drives both in turns. Children end when their standard input does, so none outlives the
 * command. Nothing in the runtime depends on this package.
 */
@NullMarked
package org.mephisto.benchmark;

import org.jspecify.annotations.NullMarked;
