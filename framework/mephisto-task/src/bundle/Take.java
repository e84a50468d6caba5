import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes a file of the class path into a module's output, at build time; from a jar or from another module's classes alike. Run as a single
 * source file. Arguments: pairs of resource and target file.
 */
public final class Take {
    private Take() {}

    public static void main(String[] args) throws IOException {
        for (int i = 0; i < args.length; i += 2) {
            take(args[i], Path.of(args[i + 1]));
        }
    }

    /** Leaves a target that is the same already, so that what is built from it stays up to date. */
    private static void take(String resource, Path target) throws IOException {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("No \"" + resource + "\" on the class path. Build the module that makes it first (mvn -am).");
            }
            byte[] content = in.readAllBytes();
            if (!Files.exists(target) || !Arrays.equals(content, Files.readAllBytes(target))) {
                Files.createDirectories(target.getParent());
                Files.write(target, content);
            }
        }
    }
}
