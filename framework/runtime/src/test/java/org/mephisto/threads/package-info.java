/** Tests of the threads of blueprint code. */
@NullMarked
package org.mephisto.threads;

import org.jspecify.annotations.NullMarked;
