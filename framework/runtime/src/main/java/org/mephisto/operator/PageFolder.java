package org.mephisto.operator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.TaskBuilder;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/** The folder that workers' browsers load: the blueprint's page and what every page needs beside it. */
final class PageFolder {
    /** What the original system's pages are told; newer pages only print a warning when it is not theirs. */
    private static final String TASK_VERSION = "2.0.4";

    private static final String LIBRARY = "mephisto-task.js";

    private PageFolder() {}

    /**
     * @param frontendArgs the blueprint's keys for {@code task_config.json}
     * @param taskConfig the run's own, which win
     * @param wrapCrowdSource the provider's script
     */
    static void build(
            Path folder,
            TaskBuilder builder,
            Map<String, Object> frontendArgs,
            Map<String, Object> taskConfig,
            String wrapCrowdSource) {
        try {
            empty(folder);
            builder.buildInDir(folder);
            ObjectNode config = Json.object();
            frontendArgs.forEach((key, value) -> config.set(key, Json.toNode(value)));
            taskConfig.forEach((key, value) -> config.set(key, Json.toNode(value)));
            config.put("mephisto_task_version", TASK_VERSION);
            Files.writeString(folder.resolve("task_config.json"), Json.write(config));
            Files.writeString(folder.resolve("wrap_crowd_source.js"), wrapCrowdSource);
            if (!Files.exists(folder.resolve(LIBRARY))) {
                Files.writeString(folder.resolve(LIBRARY), library());
            }
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "The task's page cannot be built in \"" + folder + "\": " + e.getMessage(),
                    e);
        }
    }

    /** A run that is taken up again has a page of its first launch. */
    private static void empty(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path file : inside.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String library() throws IOException {
        try (InputStream in = PageFolder.class.getResourceAsStream("/mephisto-task/" + LIBRARY)) {
            if (in == null) {
                throw new IOException(
                        "the client library " + LIBRARY + " is missing from this installation; unpack it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
