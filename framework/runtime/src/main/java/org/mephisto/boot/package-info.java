/**
 * The one composition root: {@link org.mephisto.boot.Mephisto#open} puts store, registry, routers and Operator together, in the order in
 * which they need each other, and closes them in reverse.
 */
@NullMarked
package org.mephisto.boot;

import org.jspecify.annotations.NullMarked;
