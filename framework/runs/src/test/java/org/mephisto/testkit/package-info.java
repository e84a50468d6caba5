/** The framework as workers meet it: real runs over real HTTP. In the testkit's package, as they look where plugin authors' tests need not. */
@NullMarked
package org.mephisto.testkit;

import org.jspecify.annotations.NullMarked;
