package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mephisto.testkit.Gates.RIGHT;
import static org.mephisto.testkit.Gates.WRONG;
import static org.mephisto.testkit.Gates.counting;
import static org.mephisto.testkit.Gates.gold;
import static org.mephisto.testkit.Gates.granted;
import static org.mephisto.testkit.Gates.kindOf;
import static org.mephisto.testkit.Gates.onboarding;
import static org.mephisto.testkit.Gates.registerOnceJudged;
import static org.mephisto.testkit.Gates.screening;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Worker;

/** A crowd provider that keeps qualifications of its own is told what a run grants. */
@Timeout(120)
final class ProviderGrantsRunTest {
    @Test
    void whatOnboardingGrantsIsToldToTheProvider() throws Exception {
        HoldingProviderFactory provider = new HoldingProviderFactory();
        try (TestRun run = at(provider, onboarding(counting(3))).start()) {
            run.worker("ann").register().submitOnboarding(RIGHT);
            String ofAnn = provider.nextTold();
            run.worker("bob").register().submitOnboarding(WRONG);
            List<String> ofBob = List.of(provider.nextTold(), provider.nextTold());

            assertThat(ofAnn).isEqualTo("ann onboarded=1");
            assertThat(ofBob).containsExactlyInAnyOrder("bob onboarded=0", "bob onboarded-failed=0");
        }
    }

    @Test
    void whatScreeningGrantsIsToldToTheProvider() throws Exception {
        HoldingProviderFactory provider = new HoldingProviderFactory();
        try (TestRun run = at(provider, screening(counting(3), 5)).start()) {
            run.worker("ann").register().submit(RIGHT);
            String ofAnn = provider.nextTold();
            run.worker("bob").register().submit(WRONG);
            String ofBob = provider.nextTold();

            assertThat(ofAnn).isEqualTo("ann screened=1");
            assertThat(ofBob).isEqualTo("bob blocked=1");
        }
    }

    @Test
    void ofGoldUnitsItIsToldWhoIsOutAndNoCounts() throws Exception {
        HoldingProviderFactory provider = new HoldingProviderFactory();
        try (TestRun run = at(provider, gold(counting(3))).start()) {
            run.worker("ann").register().submit(RIGHT);
            registerOnceJudged(run.worker("ann")).submit(RIGHT);
            run.worker("bob").register().submit(WRONG);
            String told = provider.nextTold();

            assertThat(told).isEqualTo("bob g-disqualified=1");
            assertThat(granted(run, "ann")).isEqualTo(Map.of("g-correct-golds", 1, "g-completed-count", 1));
            assertThat(provider.wasToldNothingMore()).isTrue();
        }
    }

    @Test
    void aProviderThatHangsKeepsNoWorkerWaiting() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        HoldingProviderFactory provider = new HoldingProviderFactory(worker -> {
            if (worker.name().equals("ann")) {
                hung.countDown();
                goesOn.await();
            }
        });
        try (TestRun run = at(provider, onboarding(counting(3))).start()) {
            SimulatedAgent ann = run.worker("ann").register().submitOnboarding(RIGHT);
            hung.await();

            SimulatedAgent bob = run.worker("bob").register().submitOnboarding(RIGHT);
            String told = provider.nextTold();
            goesOn.countDown();

            assertThat(kindOf(ann)).isEqualTo("a unit");
            assertThat(kindOf(bob)).isEqualTo("a unit");
            assertThat(told).isEqualTo("bob onboarded=1");
            assertThat(provider.nextTold()).isEqualTo("ann onboarded=1");
        }
    }

    @Test
    void aProviderThatFailsIsToldAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HoldingProviderFactory provider = new HoldingProviderFactory(worker -> {
            if (calls.incrementAndGet() == 1) {
                throw new MephistoException(ErrorCode.PROVIDER_FAILED, "The provider answered with 503.");
            }
        });
        try (TestRun run = at(provider, onboarding(counting(3))).start()) {
            run.worker("ann").register().submitOnboarding(RIGHT);

            assertThat(provider.nextTold()).isEqualTo("ann onboarded=1");
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void theLastWordIsWhatIsStoredAlsoWhenItChangesWhileTheProviderIsTold() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        HoldingProviderFactory provider = new HoldingProviderFactory(worker -> {
            called.countDown();
            goesOn.await();
        });
        try (TestRun run = at(provider, onboarding(counting(3))).start()) {
            run.worker("ann").register().submitOnboarding(RIGHT);
            called.await();
            run.store().inTransaction(tx -> {
                long ann = tx.workers()
                        .find("ann", TestProviderFactory.TYPE)
                        .orElseThrow()
                        .id();
                return tx.qualifications().revoke("onboarded", ann);
            });
            goesOn.countDown();

            assertThat(provider.nextTold()).isEqualTo("ann onboarded=1");
            assertThat(provider.nextTold()).isEqualTo("ann rid of onboarded");
        }
    }

    @Test
    void theEndOfARunIsTheLastTryAndSyncMakesUpForTheRest() throws Exception {
        AtomicBoolean isDown = new AtomicBoolean(true);
        HoldingProviderFactory provider = new HoldingProviderFactory(worker -> {
            if (isDown.get()) {
                throw new IllegalStateException("answered with 503");
            }
        });
        try (TestRun run = at(provider, onboarding(counting(3))).start()) {
            run.worker("ann").register().submitOnboarding(RIGHT);
            run.run().disconnect();

            assertThatThrownBy(() -> run.qualifications().sync("onboarded"))
                    .hasMessageContainingAll("\"onboarded\"", "test (answered with 503)", "Do the same again");
            isDown.set(false);
            int told = run.qualifications().sync("onboarded");

            assertThat(told).isEqualTo(1);
            assertThat(provider.nextTold()).isEqualTo("ann onboarded=1");
            Worker ann = run.qualifications().requireWorker("ann", Optional.empty());
            assertThat(run.qualifications().held(ann)).isEqualTo(Map.of("onboarded", 1));
        }
    }

    private static TestRun.Builder at(HoldingProviderFactory provider, TestRun.Builder run) {
        return run.provider(provider, Map.of());
    }
}
