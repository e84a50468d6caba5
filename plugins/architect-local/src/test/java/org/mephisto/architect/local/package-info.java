@NullMarked
package org.mephisto.architect.local;

import org.jspecify.annotations.NullMarked;
