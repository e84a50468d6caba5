/**
 * The task server that browsers talk to: HTTP and WebSocket on one side, {@link org.mephisto.spi.packet.Packet}s on the other. It knows
 * no store and no operator; what a packet means is the system side's business.
 *
 * <p>One router is one verticle on one event loop. All of its state (pending requests, statuses, sockets, the system side) is confined to
 * that loop and needs no locks; only {@link org.mephisto.router.RouterServer} and the channel's sending side may be called from elsewhere.
 * Files are touched on worker threads. The way of a request: {@code RouterVerticle} picks the route, {@code WorkerRoutes} checks the
 * body and makes a packet, {@code Relay} hands it to the system side and remembers the request until the answer comes.
 */
@NullMarked
package org.mephisto.router;

import org.jspecify.annotations.NullMarked;
