/**
 * Gives the data out: one row a unit, as JSON lines, JSON or CSV. Reads the store as a stream, so a task of a million units needs no more
 * memory than one of ten.
 */
@NullMarked
package org.mephisto.export;

import org.jspecify.annotations.NullMarked;
