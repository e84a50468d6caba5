package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.mephisto.logging.Logging;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Worker;
import org.mephisto.spi.provider.HoldsQualifications;
import org.mephisto.supervisor.eligibility.UserCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the run's crowd provider what the run has granted, where the provider keeps qualifications of its own. Thread-safe. Nobody waits
 * for it: what is told is read from the database when its turn comes, on a virtual thread, and again after it was told, so that the last
 * word is what is stored, also where a command changes it at the same time. A call that fails is made again a few times; then a log line
 * says how to make up for it. Runs go by what is stored here, so nobody gets work by a provider that does not know.
 */
final class ProviderGrants implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderGrants.class);

    /** Calls to the provider at once: enough for a busy run, few enough for a provider that counts them. */
    private static final int MOST_AT_ONCE = 16;

    private static final Duration MOST_FOR_A_CALL = Duration.ofMinutes(1);
    private static final Duration MOST_FOR_CLOSING = Duration.ofSeconds(10);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final RunContext run;
    private final UserCalls calls;
    private final Optional<HoldsQualifications> provider;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE);
    private final CountDownLatch closing = new CountDownLatch(1);
    /** How often each was asked for since somebody began to tell it. */
    private final ConcurrentMap<Grant, Integer> asked = new ConcurrentHashMap<>();

    ProviderGrants(RunContext run) {
        this.run = run;
        this.calls = new UserCalls(run.taskRun().id(), MOST_FOR_A_CALL);
        this.provider = run.provider() instanceof HoldsQualifications holder ? Optional.of(holder) : Optional.empty();
    }

    private record Grant(Worker worker, String qualification) {}

    /** The worker's value of this qualification has been changed, and that is committed. Does not wait. */
    void changed(Worker worker, String qualification) {
        if (provider.isEmpty()) {
            return;
        }
        Grant grant = new Grant(worker, qualification);
        if (asked.merge(grant, 1, Integer::sum) > 1) {
            return;
        }
        try {
            threads.execute(() -> tell(provider.get(), grant));
        } catch (RejectedExecutionException e) {
            asked.remove(grant);
            giveUp(grant, new MephistoException(ErrorCode.UNAVAILABLE, "The run has ended."));
        }
    }

    private void tell(HoldsQualifications holder, Grant grant) {
        Logging.enterRun(run.taskRun().id());
        int seen;
        do {
            seen = asked.getOrDefault(grant, 0);
            try {
                tellUntilTold(holder, grant);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                giveUp(grant, new MephistoException(ErrorCode.UNAVAILABLE, "The run has ended.", e));
            }
        } while (!asked.remove(grant, seen));
    }

    private void tellUntilTold(HoldsQualifications holder, Grant grant) throws InterruptedException {
        int failures = 0;
        boolean isTold = false;
        while (!isTold) {
            try {
                tellWhatIsStored(holder, grant);
                isTold = true;
            } catch (MephistoException e) {
                if (failures == PAUSES.size() || closing.getCount() == 0) {
                    giveUp(grant, e);
                    return;
                }
                Duration pause = PAUSES.get(failures);
                LOG.debug(
                        "The provider {} could not be told of \"{}\" of worker {}; again in {} s.",
                        grant.worker().providerType(),
                        grant.qualification(),
                        grant.worker().id(),
                        pause.toSeconds(),
                        e);
                failures++;
                // The end of the run cuts the pause short: this is the last chance.
                closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void tellWhatIsStored(HoldsQualifications holder, Grant grant) throws InterruptedException {
        OptionalInt stored = stored(grant);
        OptionalInt told;
        do {
            told = stored;
            tell(holder, grant, told);
            stored = stored(grant);
        } while (!stored.equals(told));
    }

    private void tell(HoldsQualifications holder, Grant grant, OptionalInt value) throws InterruptedException {
        turns.acquire();
        try {
            calls.call(value.isPresent() ? "grantQualification" : "revokeQualification", () -> {
                if (value.isPresent()) {
                    holder.grantQualification(grant.worker(), grant.qualification(), value.getAsInt());
                } else {
                    holder.revokeQualification(grant.worker(), grant.qualification());
                }
                return true;
            });
        } finally {
            turns.release();
        }
    }

    private OptionalInt stored(Grant grant) {
        return run.store()
                .read(tx -> tx.qualifications()
                        .granted(grant.qualification(), grant.worker().id()));
    }

    private static void giveUp(Grant grant, MephistoException why) {
        LOG.warn(
                "The provider {} could not be told what worker {} now holds of \"{}\" ({}). Runs here go by it all the same; tell the"
                        + " provider once it answers again: mephisto qualifications sync \"{}\"",
                grant.worker().providerType(),
                grant.worker().id(),
                grant.qualification(),
                why.getMessage(),
                grant.qualification());
    }

    /** Waits a little for what is under way, and gives the rest up. */
    @Override
    public void close() {
        closing.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(MOST_FOR_CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
