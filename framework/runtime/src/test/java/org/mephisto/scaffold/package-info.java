/** Tests of new plugins. */
@NullMarked
package org.mephisto.scaffold;

import org.jspecify.annotations.NullMarked;
