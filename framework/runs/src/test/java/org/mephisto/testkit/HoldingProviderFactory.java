package org.mephisto.testkit;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Worker;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.CrowdProviderContext;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.spi.provider.HoldsQualifications;

/** The crowd {@code test} as each test wants it, which keeps qualifications of its own: what it is told stands in {@link #nextTold}. Thread-safe. */
final class HoldingProviderFactory implements CrowdProviderFactory {
    private final CrowdProviderFactory simulated = new TestProviderFactory();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Answering answering;
    private final Optional<Function<JsonValue, String>> identifying;

    /** What the provider does before it takes a change; may block or throw. */
    @FunctionalInterface
    interface Answering {
        void answer(Worker worker) throws InterruptedException;
    }

    HoldingProviderFactory() {
        this(worker -> {});
    }

    HoldingProviderFactory(Answering answering) {
        this(answering, Optional.empty());
    }

    private HoldingProviderFactory(Answering answering, Optional<Function<JsonValue, String>> identifying) {
        this.answering = answering;
        this.identifying = identifying;
    }

    /** One that tells in this way who has come. */
    static HoldingProviderFactory identifying(Function<JsonValue, String> workerName) {
        return new HoldingProviderFactory(worker -> {}, Optional.of(workerName));
    }

    /** What it is told next, such as {@code ann birds=1}; waits for it. */
    String nextTold() throws InterruptedException {
        String next = told.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("The provider was told nothing within 30 seconds.");
        }
        return next;
    }

    boolean wasToldNothingMore() {
        return told.isEmpty();
    }

    @Override
    public String type() {
        return simulated.type();
    }

    @Override
    public Class<? extends Record> configType() {
        return simulated.configType();
    }

    @Override
    public Class<? extends Record> requesterType() {
        return simulated.requesterType();
    }

    @Override
    public Optional<String> defaultRequester() {
        return simulated.defaultRequester();
    }

    @Override
    public CrowdProvider create(CrowdProviderContext context) {
        return new HoldingProvider(simulated.create(context));
    }

    private final class HoldingProvider implements CrowdProvider, HoldsQualifications {
        private final CrowdProvider crowd;

        HoldingProvider(CrowdProvider crowd) {
            this.crowd = crowd;
        }

        @Override
        public void grantQualification(Worker worker, String qualificationName, int value) {
            take(worker, worker.name() + " " + qualificationName + "=" + value);
        }

        @Override
        public void revokeQualification(Worker worker, String qualificationName) {
            take(worker, worker.name() + " rid of " + qualificationName);
        }

        private void take(Worker worker, String what) {
            try {
                answering.answer(worker);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            told.add(what);
        }

        @Override
        public String workerName(JsonValue providerData) {
            return identifying.map(name -> name.apply(providerData)).orElseGet(() -> crowd.workerName(providerData));
        }

        @Override
        public String wrapCrowdSource() {
            return crowd.wrapCrowdSource();
        }

        @Override
        public URI workerUrl(URI taskUrl, String workerName, String visitId) {
            return crowd.workerUrl(taskUrl, workerName, visitId);
        }
    }
}
