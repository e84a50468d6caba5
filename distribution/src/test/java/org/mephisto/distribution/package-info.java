/** The distribution as users get it: its commands as processes of their own, its pages in a real browser. */
@NullMarked
package org.mephisto.distribution;

import org.jspecify.annotations.NullMarked;
