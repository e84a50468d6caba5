package org.mephisto.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.yaml.YamlText;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/**
 * The user's own settings: sections of keys in {@code ~/.mephisto/config.yml}, readable by the user alone. Every change replaces the file
 * as a whole, so a reader never sees half of one; threads and processes that change it take turns. Comments in the file do not outlive a
 * change. Thread-safe; blocks on files.
 */
public final class ConfigHandler {
    private static final String HOME_VARIABLE = "MEPHISTO_HOME";
    private static final String CORE = "core";
    private static final String DATA_DIRECTORY = "main_data_directory";
    /** File locks part processes; this one parts the threads of this process. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    private final Path home;
    private final Path file;

    /** @param home the folder that holds {@code config.yml}; made when something is written */
    public ConfigHandler(Path home) {
        this.home = home.toAbsolutePath().normalize();
        this.file = this.home.resolve("config.yml");
    }

    /** The settings in {@code MEPHISTO_HOME}, else in {@code ~/.mephisto}. */
    public static ConfigHandler fromEnvironment(Map<String, String> environment) {
        String home = environment.getOrDefault(HOME_VARIABLE, "").strip();
        Path user = Path.of(System.getProperty("user.home"));
        if (home.isEmpty()) {
            return new ConfigHandler(user.resolve(".mephisto"));
        }
        return new ConfigHandler(home.startsWith("~/") ? user.resolve(home.substring(2)) : Path.of(home));
    }

    /** The folder of the user's settings. */
    public Path home() {
        return home;
    }

    /** The file of the user's settings; need not exist. */
    public Path file() {
        return file;
    }

    /**
     * Everything; an empty object when there is no file yet.
     *
     * @throws ConfigException when the file is not YAML or not made of sections
     */
    public ObjectNode getConfig() {
        if (!Files.exists(file)) {
            return Json.object();
        }
        JsonNode root = YamlText.read(file).root();
        if (root.isNull()) {
            return Json.object();
        }
        if (!(root instanceof ObjectNode config)) {
            throw new ConfigException(
                    file.toString(), "The file must hold sections of keys, such as \"core:\"; mend it.");
        }
        return config;
    }

    /** Replaces everything. */
    public void writeConfig(ObjectNode config) {
        locked(() -> {
            replace(config);
            return true;
        });
    }

    /**
     * Makes the file, with the usual data folder in it, unless there is one.
     *
     * @return whether it made one
     */
    public boolean initConfig() {
        return locked(() -> {
            if (Files.exists(file)) {
                return false;
            }
            ObjectNode config = Json.object();
            config.putObject(CORE).put(DATA_DIRECTORY, home.resolve("data").toString());
            replace(config);
            return true;
        });
    }

    /**
     * Sets one key and leaves the others.
     *
     * @param value text, number, truth value, list or map
     */
    public void addConfigArg(String section, String key, Object value) {
        locked(() -> {
            ObjectNode config = getConfig();
            section(config, section).set(key, Json.toNode(value));
            replace(config);
            return true;
        });
    }

    /** The value of one key. */
    public Optional<JsonNode> getConfigArg(String section, String key) {
        return Optional.of(getConfig().path(section).path(key)).filter(value -> !ConfigBinder.isAbsent(value));
    }

    /**
     * The folder for data: the one a configuration names, else {@code core.main_data_directory}, else {@code data} beside the settings.
     *
     * @param datapath {@code mephisto.datapath}
     */
    public Path dataDirectory(Optional<Path> datapath) {
        record Core(Path mainDataDirectory) {}
        return datapath.or(() -> getConfigArg(CORE, DATA_DIRECTORY)
                        .map(value -> new ConfigBinder(home)
                                .bind(Core.class, CORE, Json.object().set(DATA_DIRECTORY, value))
                                .mainDataDirectory()))
                .orElseGet(() -> home.resolve("data"));
    }

    private ObjectNode section(ObjectNode config, String section) {
        JsonNode given = config.path(section);
        if (ConfigBinder.isAbsent(given)) {
            return config.putObject(section);
        }
        if (given instanceof ObjectNode keys) {
            return keys;
        }
        throw new ConfigException(
                section, "is not a section but the value \"" + given.asText() + "\" in " + file + "; mend the file.");
    }

    private <T> T locked(Supplier<T> change) {
        THREADS.lock();
        try {
            makeHome();
            try (FileChannel channel = FileChannel.open(
                            home.resolve("config.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock processes = channel.lock()) {
                if (!processes.isValid()) {
                    throw new IOException("the lock was lost");
                }
                return change.get();
            }
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            THREADS.unlock();
        }
    }

    private void makeHome() throws IOException {
        if (Files.isDirectory(home)) {
            return;
        }
        Files.createDirectories(home);
        if (isPosix()) {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void replace(ObjectNode config) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path temporary = Files.createTempFile(target.getParent(), "config", ".tmp");
            try {
                writeThrough(temporary, YAML.writeValueAsString(config));
                if (isPosix()) {
                    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static void writeThrough(Path target, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private boolean isPosix() {
        return home.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private MephistoException unwritable(IOException cause) {
        return new MephistoException(
                ErrorCode.FILE_UNUSABLE,
                "The settings cannot be written to \"" + file + "\" (" + cause.getMessage()
                        + "); make the folder writable, or set MEPHISTO_HOME to another one.",
                cause);
    }
}
