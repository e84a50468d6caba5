/** Commands as users type them, in this process. */
@NullMarked
package org.mephisto.cli;

import org.jspecify.annotations.NullMarked;
