package org.mephisto.benchmark;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.mephisto.spi.error.MephistoException;

/** The open pages of one server's agents, spread over the event loops. Used by one thread at a time. */
final class Pages {
    private final Vertx vertx;
    private final List<PageLoop> loops = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private final List<String> deployments = new ArrayList<>();
    private int opened;

    private Pages(Vertx vertx) {
        this.vertx = vertx;
    }

    /** None yet. */
    static Pages at(Vertx vertx, int port) throws InterruptedException {
        Pages pages = new Pages(vertx);
        for (int i = 0; i < EventLoops.count(); i++) {
            PageLoop loop = new PageLoop(port);
            pages.loops.add(loop);
            pages.counts.add(0);
            pages.deployments.add(EventLoops.await(vertx.deployVerticle(loop, new DeploymentOptions())));
        }
        return pages;
    }

    /** Opens a page for each agent; every one has its heartbeats from then on. */
    void open(String[] agentIds) throws InterruptedException {
        List<Future<Void>> opening = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            List<String> here = new ArrayList<>();
            for (int j = i; j < agentIds.length; j += loops.size()) {
                here.add(agentIds[j]);
            }
            opening.add(loops.get(i).open(here, opened));
            opened += here.size();
            counts.set(i, counts.get(i) + here.size());
        }
        EventLoops.await(Future.all(opening));
    }

    /**
     * @param tally to add what comes of it to
     * @throws MephistoException when an answer was not as it should be, or did not come
     */
    void talk(Talk talk, TalkTally tally) throws InterruptedException {
        long start = System.nanoTime();
        List<Future<Void>> talking = new ArrayList<>();
        int left = talk.active();
        for (int i = 0; i < loops.size(); i++) {
            int here = Math.min(counts.get(i), (left + loops.size() - i - 1) / (loops.size() - i));
            left -= here;
            talking.add(loops.get(i).talk(talk.share(here)));
        }
        EventLoops.await(Future.all(talking), talk.seconds());
        tally.addSeconds((System.nanoTime() - start) / RoundResult.NANOS_PER_SECOND);
        loops.forEach(tally::add);
    }

    void close() throws InterruptedException {
        for (String deployment : deployments) {
            EventLoops.await(vertx.undeploy(deployment));
        }
    }
}
