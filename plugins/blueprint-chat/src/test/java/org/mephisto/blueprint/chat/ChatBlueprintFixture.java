package org.mephisto.blueprint.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;
import org.mephisto.testkit.TestContext;

/** A chat's blueprint without a run. */
@SuppressWarnings("NullAway.Init")
abstract class ChatBlueprintFixture {
    private static final Worker WORKER = new Worker(1, "ann", "test");

    final BlueprintFactory factory = new ChatBlueprintFactory(name -> null);

    @TempDir
    Path folder;

    final Blueprint create(String optionsJson) {
        return factory.create(TestContext.of(factory, folder, optionsJson));
    }

    /** What the page of the person with this index gets. */
    static JsonNode initData(Blueprint blueprint, AssignmentData assignment, int index) {
        return blueprint
                .taskRunner()
                .initData(assignment, new Unit(1, 1, 1, index, UnitStatus.ASSIGNED), WORKER)
                .node();
    }
}
