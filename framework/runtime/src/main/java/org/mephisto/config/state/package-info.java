/**
 * {@code mephisto.shared_state}: the YAML home of what programs give as {@link org.mephisto.spi.blueprint.SharedTaskState}, its functions
 * over HTTP included. Read once for each run; the functions run on the virtual threads that call them and block there.
 */
@NullMarked
package org.mephisto.config.state;

import org.jspecify.annotations.NullMarked;
