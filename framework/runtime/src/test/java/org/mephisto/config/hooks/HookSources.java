package org.mephisto.config.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a Hooks.java and compiles it. */
final class HookSources {
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
