/**
 * The {@code static_task} blueprint: an HTML template filled with each unit's data, shown as a form. The registry creates the factory; all
 * else follows the SPI's threads.
 */
@NullMarked
package org.mephisto.blueprint.statictask;

import org.jspecify.annotations.NullMarked;
