package org.mephisto.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder with all that is in it. Stateless. */
public final class FolderTree {
    private FolderTree() {}

    /**
     * Deletes it all; what vanishes meanwhile is no error.
     *
     * @throws IOException when the folder is not there, or something in it cannot be deleted
     */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
