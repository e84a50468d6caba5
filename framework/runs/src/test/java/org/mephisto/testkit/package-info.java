/** The framework as workers meet it: real runs over real HTTP. In the testkit's package, to look where plugin authors need not. */
@NullMarked
package org.mephisto.testkit;

import org.jspecify.annotations.NullMarked;
