/**
 * The {@code inhouse} crowd provider: your own people, each with a link of their own. Called by the runtime as {@link
 * org.mephisto.spi.provider.CrowdProvider} says.
 */
@NullMarked
package org.mephisto.provider.inhouse;

import org.jspecify.annotations.NullMarked;
