/** Tests of agreement, against worked examples that are published. */
@NullMarked
package org.mephisto.agreement;

import org.jspecify.annotations.NullMarked;
