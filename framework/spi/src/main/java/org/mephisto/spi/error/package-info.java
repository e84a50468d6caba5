/**
 * Errors as users meet them: {@link org.mephisto.spi.error.MephistoException} with a code whose category decides HTTP status, exit
 * code, log level and retry in one table.
 */
@NullMarked
package org.mephisto.spi.error;

import org.jspecify.annotations.NullMarked;
