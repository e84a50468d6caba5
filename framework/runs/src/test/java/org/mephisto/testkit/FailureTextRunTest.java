package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mephisto.testkit.Gates.counting;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.FailureReason;

/** The sentences of {@code failure_texts} are what workers read, whoever refuses them. */
final class FailureTextRunTest {
    @Test
    void alsoWhatFailsOnTheServerIsToldInTheRunsOwnWordsAndCounted() throws Exception {
        HoldingProviderFactory provider = HoldingProviderFactory.identifying(data -> {
            throw new IllegalStateException("broken on purpose");
        });
        try (TestRun run = counting(1)
                .provider(provider, Map.of())
                .stateOption("failure_texts", Map.of("SERVER_ERROR", "Das liegt an uns."))
                .start()) {
            SimulatedAgent ann = run.worker("ann").register();

            assertThat(ann.failureCode()).contains("SERVER_ERROR");
            assertThat(ann.failureReason()).contains("Das liegt an uns.");
            assertThat(run.progress().refusals()).isEqualTo(Map.of(FailureReason.SERVER_ERROR, 1L));
        }
    }

    @Test
    void aVisitThatNamesNobodyIsToldSoByTheProviderUnlessTheRunHasASentence() throws Exception {
        HoldingProviderFactory provider = HoldingProviderFactory.identifying(data -> {
            throw new MephistoException(ErrorCode.INVALID_INPUT, "The visit names no worker.");
        });
        try (TestRun run = counting(1).provider(provider, Map.of()).start()) {
            assertThat(run.worker("ann").register().failureReason()).contains("The visit names no worker.");
        }
        try (TestRun run = counting(1)
                .provider(provider, Map.of())
                .stateOption("failure_texts", Map.of("INVALID_VISIT", "Dieser Link ist kaputt."))
                .start()) {
            assertThat(run.worker("ann").register().failureReason()).contains("Dieser Link ist kaputt.");
        }
    }
}
