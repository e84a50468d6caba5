@NullMarked
package org.mephisto.plugin.provider.mock;

import org.jspecify.annotations.NullMarked;
