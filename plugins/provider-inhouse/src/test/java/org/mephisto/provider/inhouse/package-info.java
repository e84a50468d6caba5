@NullMarked
package org.mephisto.provider.inhouse;

import org.jspecify.annotations.NullMarked;
