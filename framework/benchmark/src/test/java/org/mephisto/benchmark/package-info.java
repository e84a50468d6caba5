/** Tests of the benchmarks themselves, with real child processes and a server that is simple enough to know what it should do. */
@NullMarked
package org.mephisto.benchmark;

import org.jspecify.annotations.NullMarked;
