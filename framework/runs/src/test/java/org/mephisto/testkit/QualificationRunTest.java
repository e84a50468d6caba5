package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mephisto.qualification.Qualifications;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.model.QualificationComparator;
import org.mephisto.spi.model.QualificationRequirement;
import org.mephisto.spi.model.Worker;

/** What is granted and blocked beside a run counts in it. */
final class QualificationRunTest {
    @Test
    void aBlockedWorkerGetsNoMoreUnitsUntilUnblocked() throws Exception {
        try (TestRun run = TestRun.of(new CountingBlueprintFactory()).start()) {
            SimulatedWorker ann = run.worker("ann");
            SimulatedAgent atWork = ann.register();
            Qualifications qualifications = run.qualifications();
            Worker worker = qualifications.requireWorker("ann", Optional.empty());

            qualifications.block(worker, "spam");
            SimulatedAgent refused = ann.register();
            SimulatedAgent other = run.worker("bob").register();
            int submitted = atWork.trySubmit(Map.of("label", "good")).status();
            qualifications.unblock(worker, "a mistake");
            SimulatedAgent back = ann.register();

            assertThat(refused.failureCode()).contains("NOT_QUALIFIED");
            assertThat(other.hasUnit()).isTrue();
            assertThat(submitted).isEqualTo(200);
            assertThat(back.hasUnit()).isTrue();
        }
    }

    @Test
    void aGrantWhileTheRunGoesOnLetsAWorkerIn() throws Exception {
        SharedTaskState demanding = SharedTaskState.builder()
                .qualifications(List.of(new QualificationRequirement(
                        "birds", QualificationComparator.GREATER_THAN, List.of(2), Optional.empty())))
                .build();
        try (TestRun run = TestRun.of(new CountingBlueprintFactory())
                .sharedState(demanding)
                .start()) {
            Qualifications qualifications = run.qualifications();
            SimulatedAgent before = run.worker("ann").register();
            Worker ann = qualifications.requireWorker("ann", Optional.empty());

            qualifications.grant("birds", ann, 2);
            SimulatedAgent tooLittle = run.worker("ann").register();
            qualifications.grant("birds", ann, 3);
            SimulatedAgent enough = run.worker("ann").register();

            assertThat(before.failureCode()).contains("NOT_QUALIFIED");
            assertThat(tooLittle.failureCode()).contains("NOT_QUALIFIED");
            assertThat(enough.hasUnit()).isTrue();
        }
    }
}
