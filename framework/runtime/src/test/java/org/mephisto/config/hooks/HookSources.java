package org.mephisto.config.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.mephisto.config.hooks.HookSignature.Given;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;

/** Writes a Hooks.java and compiles it; and what its methods are called with. */
final class HookSources {
    static final Duration LONG = Duration.ofSeconds(60);
    static final Map<Given, Object> VALUES =
            Map.of(Given.WORKER, new Worker(7, "ann", "mock"), Given.UNIT, new Unit(3, 2, 1, 0, UnitStatus.LAUNCHED));

    private HookSources() {}

    static HookClass compile(Path folder, String members) throws IOException {
        return compile(folder, "Hooks", members);
    }

    static HookClass compileCloseable(Path folder, String members) throws IOException {
        return compile(folder, "Hooks implements AutoCloseable", members);
    }

    private static HookClass compile(Path folder, String type, String members) throws IOException {
        Files.writeString(
                folder.resolve("Hooks.java"),
                "import com.fasterxml.jackson.databind.JsonNode;\nimport org.mephisto.spi.json.JsonValue;\n"
                        + "import org.mephisto.spi.model.*;\npublic class " + type + " {\n" + members + "\n}\n");
        return HookClass.compile(folder);
    }
}
