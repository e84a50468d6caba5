package org.mephisto.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/**
 * Where a process's endpoint is and what it takes to be let in.
 *
 * @param url of the endpoint
 * @param token to be sent as a bearer token; never logged
 * @param pid of the process
 */
record AdminFile(URI url, String token, long pid) {
    private static final String SUFFIX = ".json";

    private static Path folder(Path home) {
        return home.resolve("admin");
    }

    /** Writes it so that only the user can read it. */
    Path write(Path home) {
        try {
            Path folder = Files.createDirectories(folder(home));
            Path file = Files.createTempFile(folder, pid + "-", SUFFIX);
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(
                    file,
                    Json.write(Json.object()
                            .put("url", url.toString())
                            .put("token", token)
                            .put("pid", pid)));
            return file;
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "\"" + folder(home) + "\" cannot be written: " + e.getMessage()
                            + ". Make it writable, or set MEPHISTO_HOME to another folder.",
                    e);
        }
    }

    /** Those of all processes that are still there; the files of others are removed. */
    static List<AdminFile> readAll(Path home) {
        Path folder = folder(home);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<AdminFile> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                AdminFile admin = read(file);
                if (ProcessHandle.of(admin.pid).map(ProcessHandle::isAlive).orElse(false)) {
                    found.add(admin);
                } else {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE, "\"" + folder + "\" cannot be read: " + e.getMessage(), e);
        }
        return found;
    }

    private static AdminFile read(Path file) throws IOException {
        JsonNode json = Json.parse(Files.readString(file));
        return new AdminFile(
                URI.create(json.path("url").asText()),
                json.path("token").asText(),
                json.path("pid").asLong());
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "AdminFile[url=" + url + ", pid=" + pid + "]";
    }
}
