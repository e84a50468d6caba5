package templatetask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.testkit.BlueprintContract;
import org.mephisto.testkit.TestRun;

/** Real runs with simulated workers: what every blueprint must keep, and what is this one's own. */
final class TemplateTaskRunTest extends BlueprintContract {
    @Override
    protected BlueprintFactory factory() {
        return new TemplateTaskBlueprintFactory();
    }

    @Override
    protected TestRun.Builder twoUnits() {
        return TestRun.of(factory())
                .blueprintOption("sentences", List.of("It rains.", "The sun shines."))
                .blueprintOption("labels", List.of("good", "bad"));
    }

    @Override
    protected Map<String, ?> goodSubmission() {
        return Map.of("label", "good");
    }

    @Test
    void aLabelThatIsNotOnTheListIsFlaggedForTheReviewer() throws Exception {
        try (TestRun run = twoUnits().start()) {
            run.worker("ann").register().submit(Map.of("label", "good"));
            run.worker("ann").register().submit(Map.of("label", "purple"));

            run.awaitEnd();

            assertThat(run.rows().getFirst().path("flags")).isEmpty();
            assertThat(run.rows().getLast().path("flags").toString()).contains("purple");
        }
    }
}
