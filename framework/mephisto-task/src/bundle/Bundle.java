import io.mvnpm.esbuild.Bundler;
import io.mvnpm.esbuild.model.BundleOptions;
import io.mvnpm.esbuild.model.EsBuildConfig.Format;
import io.mvnpm.esbuild.model.EsBuildConfigBuilder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Bundles JavaScript at build time, without Node. Run as a single source file on a class path that holds esbuild-java, and the npm packages
 * that the sources import as {@code org.mvnpm} jars.
 *
 * <p>Arguments: the source folder, a work folder, the folder that is to be imported as {@code mephisto-task} ("-" for none), then triples of entry file,
 * output file and form, which is {@code iife}, {@code esm} or {@code esm-peer} (React stays outside). Does nothing
 * when all outputs are newer than their sources.
 */
public final class Bundle {
    private final Path sources;
    private final Path work;
    private final String clientLibrary;

    private Bundle(Path sources, Path work, String clientLibrary) {
        this.sources = sources;
        this.work = work;
        this.clientLibrary = clientLibrary;
    }

    public static void main(String[] args) throws IOException {
        Bundle bundle = new Bundle(
                Path.of(args[0]).toAbsolutePath().normalize(), Path.of(args[1]).toAbsolutePath().normalize(), args[2]);
        if (bundle.isUpToDate(args)) {
            return;
        }
        bundle.prepare();
        for (int i = 3; i < args.length; i += 3) {
            bundle.write(args[i], Path.of(args[i + 1]).toAbsolutePath(), args[i + 2]);
        }
        System.exit(0);
    }

    private boolean isUpToDate(String[] args) throws IOException {
        long newestInput = newest(sources);
        if (!clientLibrary.equals("-")) {
            newestInput = Math.max(newestInput, newest(Path.of(clientLibrary)));
        }
        for (int i = 4; i < args.length; i += 3) {
            Path output = Path.of(args[i]);
            if (!Files.exists(output) || Files.getLastModifiedTime(output).toMillis() < newestInput) {
                return false;
            }
        }
        return true;
    }

    private static long newest(Path folder) throws IOException {
        long newest = 0;
        try (var files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
            }
        }
        return newest;
    }

    private void prepare() throws IOException {
        Files.createDirectories(work);
        copy(sources, work.resolve("src"));
        if (!clientLibrary.equals("-")) {
            copy(Path.of(clientLibrary), work.resolve("src/node_modules/mephisto-task"));
        }
    }

    private void write(String entry, Path output, String form) throws IOException {
        EsBuildConfigBuilder config = new EsBuildConfigBuilder()
                .bundle()
                .minify()
                .fixedEntryNames()
                .sourceMap(false)
                .splitting(false)
                .format(form.equals("iife") ? Format.IIFE : Format.ESM);
        if (form.equals("esm-peer")) {
            config.addExternal("react");
        }
        Path dist = Bundler.bundle(
                        BundleOptions.builder()
                                .withWorkDir(work)
                                .withDependencies(List.of())
                                .withEsConfig(config.build())
                                .addEntryPoint("src/" + entry)
                                .build(),
                        true)
                .dist();
        Files.createDirectories(output.getParent());
        Files.copy(bundled(dist, entry), output, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path bundled(Path dist, String entry) throws IOException {
        String name = entry.substring(entry.lastIndexOf('/') + 1).replaceFirst("\\.[^.]+$", ".js");
        try (var files = Files.walk(dist)) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException("The bundler wrote no " + name + " below " + dist));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
