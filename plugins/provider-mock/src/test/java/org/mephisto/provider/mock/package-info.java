@NullMarked
package org.mephisto.provider.mock;

import org.jspecify.annotations.NullMarked;
