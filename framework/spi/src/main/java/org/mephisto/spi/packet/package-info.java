/**
 * What a router and the Supervisor say to each other. A {@link org.mephisto.spi.packet.Channel} carries
 * {@link org.mephisto.spi.packet.Packet}s in both directions, either inside one process or over a WebSocket; both forms keep the same
 * promises (order, no loss while open).
 */
@NullMarked
package org.mephisto.spi.packet;

import org.jspecify.annotations.NullMarked;
