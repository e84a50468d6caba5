/** Tests of the worker pool, over a real store. */
@NullMarked
package org.mephisto.supervisor.pool;

import org.jspecify.annotations.NullMarked;
