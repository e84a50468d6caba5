package org.mephisto.supervisor.io;

import org.mephisto.router.RouterServer;
import org.mephisto.spi.packet.Channel;

class LocalChannelTest extends ChannelContract {
    @Override
    Channel channelTo(RouterServer router) {
        return router.channel();
    }
}
