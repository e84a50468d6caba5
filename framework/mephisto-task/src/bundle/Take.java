import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a file of the class path into a module's output, at build time; from a jar or from another module's classes alike. Run as a single
 * source file. Arguments: resource, target file.
 */
public final class Take {
    private Take() {}

    public static void main(String[] args) throws IOException {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(args[0])) {
            if (in == null) {
                throw new IOException("No \"" + args[0] + "\" on the class path. Build the module that makes it first (mvn -am).");
            }
            byte[] content = in.readAllBytes();
            Path target = Path.of(args[1]);
            Files.createDirectories(target.getParent());
            Files.write(target, content);
        }
    }
}
