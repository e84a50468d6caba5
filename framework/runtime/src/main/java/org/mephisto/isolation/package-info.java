/** What code from outside, plugins and users' hooks, sees of the host. Class loaders only; thread-safe. */
@NullMarked
package org.mephisto.isolation;

import org.jspecify.annotations.NullMarked;
