package org.mephisto.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** The pages of one event loop. All is confined to it, but for the figures of a talk, which others read when it is over. */
final class PageLoop extends VerticleBase implements Page.PageEvents {
    static final long HEARTBEAT_NANOS = 6_000_000_000L;

    private static final int TICK_MILLIS = 5;
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final int CONNECTING_AT_ONCE = 64;
    private static final int UNANSWERED_WHEN_PACED = 4;
    private static final int MILLIS_FOR_THE_LAST = 5_000;

    final Histogram micros = RoundResult.newHistogram();
    final Histogram heartbeatMicros = RoundResult.newHistogram();
    String sample = "";
    long outOfOrder;

    private final int port;
    private final List<Page> pages = new ArrayList<>();
    private @Nullable WebSocketClient client;
    private @Nullable String problem;
    private @Nullable Promise<Void> talking;
    private Talk talk = Talk.rest(0);
    private long talkUntil;
    private long unanswered;
    private int nextHeartbeat;
    private double heartbeatsDue;
    private long heartbeatsCountedAt;

    PageLoop(int port) {
        this.port = port;
    }

    @Override
    public Future<?> start() {
        client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(Integer.MAX_VALUE));
        heartbeatsCountedAt = System.nanoTime();
        vertx.setPeriodic(TICK_MILLIS, timer -> sendHeartbeats());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        List<Future<Void>> closing = pages.stream().map(Page::close).toList();
        WebSocketClient opener = client;
        return Future.join(closing).transform(closed -> opener == null ? Future.succeededFuture() : opener.close());
    }

    /** Opens more pages, some at a time. */
    Future<Void> open(List<String> agentIds, int firstIndex) {
        return Future.future(done -> context.runOnContext(start -> {
            List<Page> opening = new ArrayList<>();
            for (String agentId : agentIds) {
                opening.add(new Page(agentId, firstIndex + opening.size(), this));
            }
            Iterator<Page> rest = opening.iterator();
            List<Future<Void>> chains = new ArrayList<>();
            for (int i = 0; i < CONNECTING_AT_ONCE; i++) {
                chains.add(openRest(rest));
            }
            Future.all(chains)
                    .<Void>mapEmpty()
                    .onSuccess(opened -> pages.addAll(opening))
                    .onComplete(done);
        }));
    }

    private Future<Void> openRest(Iterator<Page> rest) {
        WebSocketClient opener = client;
        return opener == null || !rest.hasNext()
                ? Future.succeededFuture()
                : rest.next().open(opener, port).compose(opened -> openRest(rest));
    }

    private void sendHeartbeats() {
        long now = System.nanoTime();
        heartbeatsDue += (double) (now - heartbeatsCountedAt) * pages.size() / HEARTBEAT_NANOS;
        heartbeatsCountedAt = now;
        while (heartbeatsDue >= 1) {
            heartbeatsDue--;
            nextHeartbeat = (nextHeartbeat + 1) % pages.size();
            pages.get(nextHeartbeat).heartbeat();
        }
    }

    /** Runs until the time is over and every live update is answered. The active pages are the first ones. */
    Future<Void> talk(Talk wanted) {
        return Future.future(done -> context.runOnContext(start -> {
            micros.reset();
            heartbeatMicros.reset();
            sample = "";
            outOfOrder = 0;
            if (problem != null) {
                done.fail(wrong(problem));
                return;
            }
            Promise<Void> begun = Promise.promise();
            begun.future().onComplete(done);
            talking = begun;
            begin(wanted, begun);
        }));
    }

    private void begin(Talk wanted, Promise<Void> begun) {
        talk = wanted;
        unanswered = 0;
        long millis = Math.max(1, Math.round(talk.seconds() * MILLIS_PER_SECOND));
        talkUntil = System.nanoTime() + millis * MILLIS_PER_SECOND * NANOS_PER_MICRO;
        vertx.setTimer(millis, timer -> endIfAnswered());
        long lastTimer = vertx.setTimer(
                millis + MILLIS_FOR_THE_LAST, timer -> failed(unanswered + " live updates were never answered"));
        begun.future().onComplete(over -> vertx.cancelTimer(lastTimer));
        if (talk.perSecond() > 0) {
            pace(begun);
        } else {
            for (Page page : pages.subList(0, talk.active())) {
                page.widen(talk.window());
                for (int i = 0; i < talk.window(); i++) {
                    say(page);
                }
            }
        }
    }

    private void pace(Promise<Void> begun) {
        pages.subList(0, talk.active()).forEach(page -> page.widen(UNANSWERED_WHEN_PACED));
        long start = System.nanoTime();
        long[] said = {0};
        long ticker = vertx.setPeriodic(Math.max(1, (long) (MILLIS_PER_SECOND / talk.perSecond())), timer -> {
            long now = System.nanoTime();
            while (now < talkUntil && said[0] < (now - start) * talk.perSecond() / RoundResult.NANOS_PER_SECOND) {
                say(pages.get((int) (said[0]++ % talk.active())));
            }
        });
        begun.future().onComplete(over -> vertx.cancelTimer(ticker));
    }

    private void say(Page page) {
        unanswered++;
        page.say();
    }

    private void endIfAnswered() {
        if (talking != null && unanswered == 0 && System.nanoTime() >= talkUntil) {
            talking.tryComplete();
            talking = null;
        }
    }

    @Override
    public void answered(Page page, long nanos, boolean inOrder, String text) {
        unanswered--;
        micros.recordValue(Math.min(nanos / NANOS_PER_MICRO, RoundResult.LONGEST_MICROS));
        if (!inOrder) {
            outOfOrder++;
        }
        if (sample.isEmpty()) {
            sample = text;
        }
        if (talk.perSecond() == 0 && System.nanoTime() < talkUntil) {
            say(page);
        } else if (unanswered == 0) {
            endIfAnswered();
        }
    }

    @Override
    public void heartbeatAnswered(long nanos) {
        heartbeatMicros.recordValue(Math.min(nanos / NANOS_PER_MICRO, RoundResult.LONGEST_MICROS));
    }

    @Override
    public void failed(String what) {
        if (problem == null) {
            problem = what;
        }
        if (talking != null) {
            talking.tryFail(wrong(what));
            talking = null;
        }
    }

    private static MephistoException wrong(String what) {
        return new MephistoException(ErrorCode.UNAVAILABLE, what + ".");
    }
}
