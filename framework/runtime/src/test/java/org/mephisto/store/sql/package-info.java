/** What is each engine's own: how it opens, fails and recovers. */
@NullMarked
package org.mephisto.store.sql;

import org.jspecify.annotations.NullMarked;
