/**
 * How a plugin declares its options: a record whose components are the keys, in camel case, of the snake_case keys in
 * {@code task.yaml}. {@link org.mephisto.spi.config.Option} adds help, default and range. The runtime binds, validates and reports all
 * problems at once; a plugin sees only valid records.
 */
@NullMarked
package org.mephisto.spi.config;

import org.jspecify.annotations.NullMarked;
