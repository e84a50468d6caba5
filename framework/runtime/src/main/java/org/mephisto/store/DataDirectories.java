package org.mephisto.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * Where things are kept: {@code mephisto.db} and {@code runs/<task_run_id>/{build,files,blueprint,journal,architect}} in the data folder,
 * and {@code journal-spare} while a process runs. Immutable; the folders of a run are made when they are first asked for.
 *
 * @param data the data folder; need not be there yet
 */
public record DataDirectories(Path data) {
    /** The name of the database file. */
    public static final String DATABASE = "mephisto.db";

    public DataDirectories {
        data = data.toAbsolutePath().normalize();
    }

    /** The user's own folder: {@code MEPHISTO_HOME}, or {@code ~/.mephisto}. */
    public static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("MEPHISTO_HOME", "");
        return home.isBlank()
                ? Path.of(System.getProperty("user.home"), ".mephisto")
                : Path.of(home).toAbsolutePath().normalize();
    }

    /** @param configured the data folder that a configuration names; without one it is {@code data} in {@link #home} */
    public static DataDirectories of(Map<String, String> environment, Optional<Path> configured) {
        return new DataDirectories(configured.orElseGet(() -> home(environment).resolve("data")));
    }

    /** The SQLite file. */
    public Path database() {
        return data.resolve(DATABASE);
    }

    /** Everything of one run. */
    public Path run(long taskRunId) {
        return made(data.resolve("runs").resolve(Long.toString(taskRunId)));
    }

    /** Deletes everything of one run. */
    public void deleteRun(long taskRunId) {
        Path folder = data.resolve("runs").resolve(Long.toString(taskRunId));
        if (!Files.exists(folder)) {
            return;
        }
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "The folder \"" + folder + "\" cannot be deleted: " + e + ". Nothing needs it; delete it by hand.",
                    e);
        }
    }

    /** The page that the blueprint builds. */
    public Path build(long taskRunId) {
        return made(run(taskRunId).resolve("build"));
    }

    /** What workers upload. */
    public Path files(long taskRunId) {
        return made(run(taskRunId).resolve("files"));
    }

    /** The blueprint's own folder. */
    public Path blueprint(long taskRunId) {
        return made(run(taskRunId).resolve("blueprint"));
    }

    /** The journal of live updates. */
    public Path journal(long taskRunId) {
        return made(run(taskRunId).resolve("journal"));
    }

    /** What journals of ended runs leave to later ones. */
    public Path spareSegments() {
        return data.resolve("journal-spare");
    }

    /** The architect's own folder. */
    public Path architect(long taskRunId) {
        return made(run(taskRunId).resolve("architect"));
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "The folder \"" + folder
                            + "\" cannot be made. Make the data folder writable for this user, or name another with mephisto.datapath.",
                    e);
        }
    }
}
