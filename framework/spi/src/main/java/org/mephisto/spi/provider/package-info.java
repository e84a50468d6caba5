/**
 * The third extension point: who does the work. A {@link org.mephisto.spi.provider.CrowdProvider} identifies workers, publishes units and
 * takes them back. What only some providers can do (pay, block, keep qualifications) are small interfaces beside it, found by pattern
 * match.
 */
@NullMarked
package org.mephisto.spi.provider;

import org.jspecify.annotations.NullMarked;
