/**
 * JSON as it crosses the SPI: {@link org.mephisto.spi.json.JsonValue} stays text until somebody asks for the tree, so that a packet
 * that is only passed on is never parsed.
 */
@NullMarked
package org.mephisto.spi.json;

import org.jspecify.annotations.NullMarked;
