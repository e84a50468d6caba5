@NullMarked
package org.mephisto.registry;

import org.jspecify.annotations.NullMarked;
