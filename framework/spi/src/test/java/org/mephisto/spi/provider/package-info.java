@NullMarked
package org.mephisto.spi.provider;

import org.jspecify.annotations.NullMarked;
