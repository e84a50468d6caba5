@NullMarked
package org.mephisto;

import org.jspecify.annotations.NullMarked;
