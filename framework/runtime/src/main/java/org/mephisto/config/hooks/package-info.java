/**
 * Users' functions in Java without a plugin: {@code Hooks.java} beside {@code task.yaml} is compiled in memory with the JDK's own compiler,
 * loaded so that it sees what plugins see, and its methods are found by name and shape. Found and checked while a configuration is read; the
 * methods are called by the worker pool, each on a thread of its own and for a limited time.
 */
@NullMarked
package org.mephisto.config.hooks;

import org.jspecify.annotations.NullMarked;
