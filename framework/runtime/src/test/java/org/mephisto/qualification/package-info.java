/** Tests of what is known of workers. */
@NullMarked
package org.mephisto.qualification;

import org.jspecify.annotations.NullMarked;
