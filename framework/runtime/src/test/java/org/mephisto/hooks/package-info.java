/** Tests of users' functions in Java. */
@NullMarked
package org.mephisto.hooks;

import org.jspecify.annotations.NullMarked;
