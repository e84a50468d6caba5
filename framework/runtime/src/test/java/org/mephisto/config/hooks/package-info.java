/** Tests of users' functions in Java. */
@NullMarked
package org.mephisto.config.hooks;

import org.jspecify.annotations.NullMarked;
