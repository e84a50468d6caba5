/** The store's contract, held by both engines: each interface {@code ...Contract} is a chapter of it. */
@NullMarked
package org.mephisto.store;

import org.jspecify.annotations.NullMarked;
