package org.mephisto.blueprint.remoteprocedure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.testkit.TestRun;

/** A run with one function, {@code model}, that is a program. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
abstract class CommandFunctionFixture {
    @TempDir
    Path task;

    final TestRun run(Map<String, ?> more) throws IOException {
        return run(CommandProgram.command(), more);
    }

    final TestRun run(List<String> command, Map<String, ?> more) throws IOException {
        Map<String, Object> function = new HashMap<>(more);
        function.put("command", command);
        return TaskFiles.run(task)
                .blueprintOption("functions", Map.of("model", function))
                .start();
    }

    /** Arguments that have {@link CommandProgram} do something. */
    static Map<String, ?> tell(String what) {
        return Map.of("do", what);
    }
}
