package org.mephisto.benchmark;

import io.vertx.core.Completable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** Open connections to one server, spread over the event loops. Used by one thread at a time. */
final class Workers {
    private final Vertx vertx;
    private final List<Share> shares;
    private final List<String> deployments;

    private Workers(Vertx vertx, List<Share> shares, List<String> deployments) {
        this.vertx = vertx;
        this.shares = shares;
        this.deployments = deployments;
    }

    /** Opens one connection for each worker. */
    static Workers connect(Vertx vertx, int port, int count) throws InterruptedException {
        int loops = Math.min(count, EventLoops.count());
        List<Share> shares = new ArrayList<>();
        List<String> deployments = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            Share share = new Share(port, count / loops + (i < count % loops ? 1 : 0));
            shares.add(share);
            deployments.add(EventLoops.await(vertx.deployVerticle(share, new DeploymentOptions())));
        }
        return new Workers(vertx, shares, deployments);
    }

    /**
     * Runs until the source or the time is used up and every request is answered.
     *
     * @throws MephistoException when an answer was not as it should be
     */
    RoundResult run(RequestSource source, double seconds) throws InterruptedException {
        long start = System.nanoTime();
        Round round = new Round(source, start + (long) (seconds * RoundResult.NANOS_PER_SECOND));
        EventLoops.await(
                Future.all(shares.stream().map(share -> share.run(round)).toList()), seconds);
        double elapsed = (System.nanoTime() - start) / RoundResult.NANOS_PER_SECOND;
        String problem = round.problem.get();
        if (problem != null) {
            throw new MephistoException(ErrorCode.UNAVAILABLE, problem + ".");
        }
        Histogram all = RoundResult.newHistogram();
        shares.forEach(share -> all.add(share.micros));
        return RoundResult.of(all, elapsed, round.sample);
    }

    void close() throws InterruptedException {
        for (String deployment : deployments) {
            EventLoops.await(vertx.undeploy(deployment));
        }
    }

    /** What the workers of all event loops share while a round lasts. Thread-safe. */
    private static final class Round {
        final RequestSource source;
        final long deadlineNanos;
        final AtomicReference<@Nullable String> problem = new AtomicReference<>();
        volatile String sample = "";

        Round(RequestSource source, long deadlineNanos) {
            this.source = source;
            this.deadlineNanos = deadlineNanos;
        }

        /** @param first whether the worker has not asked yet: each asks at least once, however late it comes to it */
        @Nullable
        Buffer next(boolean first) {
            boolean goesOn = first || System.nanoTime() < deadlineNanos;
            return goesOn && problem.get() == null ? source.next() : null;
        }
    }

    /** The workers of one event loop; all is confined to it, but for {@link #micros}, which others read between rounds. */
    private static final class Share extends VerticleBase {
        final Histogram micros = RoundResult.newHistogram();
        private final int port;
        private final int count;
        private final List<HttpClientConnection> connections = new ArrayList<>();
        /** Kept, because a client that is garbage closes its connections. */
        private @Nullable HttpClientAgent client;

        Share(int port, int count) {
            this.port = port;
            this.count = count;
        }

        @Override
        public Future<?> start() {
            HttpClientAgent opener = vertx.createHttpClient();
            client = opener;
            HttpConnectOptions options =
                    new HttpConnectOptions().setHost("127.0.0.1").setPort(port);
            List<Future<HttpClientConnection>> opening = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                opening.add(opener.connect(options).onSuccess(connections::add));
            }
            return Future.all(opening);
        }

        @Override
        public Future<?> stop() {
            return client == null ? Future.succeededFuture() : client.close();
        }

        Future<?> run(Round round) {
            return Future.future(done -> context.runOnContext(start -> {
                micros.reset();
                List<Future<Void>> all = new ArrayList<>();
                for (HttpClientConnection connection : connections) {
                    all.add(Future.future(ended -> new Worker(connection, round, micros, ended).sendNext()));
                }
                Future.all(all).<Void>mapEmpty().onComplete(done);
            }));
        }
    }

    /** One worker in one round. Confined to its event loop. */
    private static final class Worker {
        private static final RequestOptions POST = new RequestOptions().setMethod(HttpMethod.POST);
        private static final int NANOS_PER_MICRO = 1000;

        private final HttpClientConnection connection;
        private final Round round;
        private final Histogram micros;
        private final Completable<Void> ended;
        private final RequestOptions options;
        private boolean first = true;

        Worker(HttpClientConnection connection, Round round, Histogram micros, Completable<Void> ended) {
            this.connection = connection;
            this.round = round;
            this.micros = micros;
            this.ended = ended;
            this.options =
                    new RequestOptions(POST).setURI(round.source.path()).putHeader("content-type", "application/json");
        }

        void sendNext() {
            Buffer body = round.next(first);
            first = false;
            if (body == null) {
                ended.succeed();
                return;
            }
            long start = System.nanoTime();
            connection
                    .request(options)
                    .compose(request -> exchange(request, body))
                    .onSuccess(answer -> took(System.nanoTime() - start, answer))
                    .onFailure(failure -> fail("a request failed: " + failure));
        }

        private static Future<Answer> exchange(HttpClientRequest request, Buffer body) {
            return request.send(body)
                    .compose(response -> response.body().map(bytes -> new Answer(response.statusCode(), bytes)));
        }

        private void took(long nanos, Answer answer) {
            String problem = round.source.problem(answer.status(), answer.body());
            if (problem != null) {
                fail(problem);
                return;
            }
            micros.recordValue(Math.min(nanos / NANOS_PER_MICRO, RoundResult.LONGEST_MICROS));
            if (round.sample.isEmpty()) {
                round.sample = answer.body().toString();
            }
            sendNext();
        }

        private void fail(String problem) {
            round.problem.compareAndSet(null, problem);
            ended.succeed();
        }
    }

    private record Answer(int status, Buffer body) {}
}
