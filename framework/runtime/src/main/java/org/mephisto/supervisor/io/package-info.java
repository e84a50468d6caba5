/**
 * The Supervisor's half that knows channels and packets: each packet of a worker becomes a call of the worker pool on a virtual thread,
 * and what the pool has to say becomes packets again. Packets arrive on event loops, which hand over and return.
 */
@NullMarked
package org.mephisto.supervisor.io;

import org.jspecify.annotations.NullMarked;
