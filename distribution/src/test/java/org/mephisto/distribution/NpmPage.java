package org.mephisto.distribution;

import io.mvnpm.esbuild.Bundler;
import io.mvnpm.esbuild.model.BundleOptions;
import io.mvnpm.esbuild.model.EsBuildConfig.Format;
import io.mvnpm.esbuild.model.EsBuildConfigBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds the pages in {@code src/test/npm} with what npm installs from their lock file. */
final class NpmPage {
    private static final Path SOURCES = Path.of("src/test/npm").toAbsolutePath();
    private static final List<String> PACKAGES = List.of("package.json", "package-lock.json");

    /** The bundles that this JVM has made, by the page's name. */
    private static final Map<String, byte[]> MADE = new HashMap<>();

    private NpmPage() {}

    /** Writes a page's bundle, made once a JVM. */
    static synchronized void bundle(String name, Path target) throws IOException, InterruptedException {
        byte[] bundle = MADE.get(name);
        if (bundle == null) {
            bundle = bundle(name);
            MADE.put(name, bundle);
        }
        Files.write(target, bundle, StandardOpenOption.CREATE_NEW);
    }

    /** An installation of before is used again while the lock file is the same. One process at a time. */
    private static byte[] bundle(String name) throws IOException, InterruptedException {
        Path work = Files.createDirectories(Path.of("target/npm").toAbsolutePath());
        try (FileChannel channel =
                FileChannel.open(work.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel is closed
            return Files.readAllBytes(bundle(work, name));
        }
    }

    private static Path bundle(Path work, String name) throws IOException, InterruptedException {
        Path project = Files.createDirectories(work.resolve("src"));
        Path installed = work.resolve("installed-lock.json");
        for (String file : PACKAGES) {
            copy(file, project);
        }
        copy(name + ".jsx", project);
        Path lock = project.resolve("package-lock.json");
        if (!Files.exists(installed) || Files.mismatch(installed, lock) >= 0) {
            install(project);
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        Path dist = Bundler.bundle(
                        BundleOptions.builder()
                                .withWorkDir(work)
                                .withDependencies(List.of())
                                .withEsConfig(new EsBuildConfigBuilder()
                                        .bundle()
                                        .fixedEntryNames()
                                        .sourceMap(false)
                                        .splitting(false)
                                        .format(Format.IIFE)
                                        .build())
                                .addEntryPoint("src/" + name + ".jsx")
                                .build(),
                        true)
                .dist();
        try (Stream<Path> files = Files.walk(dist)) {
            return files.filter(file -> file.endsWith(name + ".js")).findFirst().orElseThrow();
        }
    }

    private static void copy(String file, Path target) throws IOException {
        Files.copy(SOURCES.resolve(file), target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void install(Path project) throws IOException, InterruptedException {
        Process npm;
        try {
            npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                    .directory(project.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    "This test builds a page with packages from npm, and there is no \"npm\" on the PATH. Install it (Debian:"
                            + " apt-get install npm).",
                    e);
        }
        String output = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (npm.waitFor() != 0) {
            throw new AssertionError("npm ci failed; it needs an npm registry that it can reach:\n" + output);
        }
    }
}
