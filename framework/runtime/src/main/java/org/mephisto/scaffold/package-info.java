/** New plugins from the distribution's template: what {@code mephisto new} does. Runs on the command's thread. */
@NullMarked
package org.mephisto.scaffold;

import org.jspecify.annotations.NullMarked;
