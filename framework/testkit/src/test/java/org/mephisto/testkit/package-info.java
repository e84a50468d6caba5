/** The framework as workers meet it: real runs over real HTTP. */
@NullMarked
package org.mephisto.testkit;

import org.jspecify.annotations.NullMarked;
