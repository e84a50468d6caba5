@NullMarked
package org.mephisto.plugin.provider.inhouse;

import org.jspecify.annotations.NullMarked;
