/**
 * The {@code local} architect: serves a task run from this process. Called by the runtime as {@link org.mephisto.spi.architect.Architect}
 * says.
 */
@NullMarked
package org.mephisto.architect.local;

import org.jspecify.annotations.NullMarked;
