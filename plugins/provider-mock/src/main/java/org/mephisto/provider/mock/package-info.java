/**
 * The {@code mock} crowd provider: workers are whoever the link says, for trying tasks out and for tests. Called by the runtime as {@link
 * org.mephisto.spi.provider.CrowdProvider} says.
 */
@NullMarked
package org.mephisto.provider.mock;

import org.jspecify.annotations.NullMarked;
