@NullMarked
package org.mephisto.journal;

import org.jspecify.annotations.NullMarked;
