@NullMarked
package org.mephisto.plugin.architect.local;

import org.jspecify.annotations.NullMarked;
