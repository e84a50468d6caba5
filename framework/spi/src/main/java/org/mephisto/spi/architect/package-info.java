/**
 * The second extension point: where workers reach the work. An {@link org.mephisto.spi.architect.Architect} puts a router up, says where
 * it is, and takes it down.
 */
@NullMarked
package org.mephisto.spi.architect;

import org.jspecify.annotations.NullMarked;
