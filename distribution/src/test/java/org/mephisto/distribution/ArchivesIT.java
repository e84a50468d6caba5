package org.mephisto.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.testkit.SimulatedWorker;

/** The archives, unpacked where users would. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
final class ArchivesIT {
    @TempDir
    private Path folder;

    private Path assembled;
    private Path elsewhere;

    @BeforeEach
    void find() throws Exception {
        assembled = Distribution.assembled().home();
        elsewhere = Files.createDirectories(folder.resolve("some where/else"));
    }

    private Distribution unpacked(String archive) throws Exception {
        Path target = Files.createDirectories(folder.resolve("my programs"));
        Path packed = Path.of(assembled + archive);
        if (archive.equals(".zip")) {
            unzip(packed, target);
        } else {
            int code = new ProcessBuilder("tar", "-xzf", packed.toString(), "-C", target.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(code).isZero();
        }
        return new Distribution(target.resolve(assembled.getFileName()));
    }

    private static void unzip(Path archive, Path target) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true));
                Stream<Path> all = Files.walk(zip.getPath("/"))) {
            for (Path packed : (Iterable<Path>) all::iterator) {
                Path file = target.resolve(packed.toString().substring(1));
                if (Files.isDirectory(packed)) {
                    Files.createDirectories(file);
                } else {
                    Files.copy(packed, file);
                    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(packed);
                    Files.setPosixFilePermissions(file, permissions);
                }
            }
        }
    }

    private MephistoProcess.Builder mephisto(Distribution unpacked) {
        return MephistoProcess.of(unpacked, folder.resolve("my home")).directory(elsewhere);
    }

    @Test
    void theZipRunsFromAnyFolderWithAStartUpCacheOfItsOwn() throws Exception {
        Distribution unpacked = unpacked(".zip");

        // Also for the JVM that makes the cache.
        MephistoProcess.Builder mephisto =
                mephisto(unpacked).environment("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        assertRunsAnExample(mephisto, unpacked);

        try (Stream<Path> lib = Files.list(unpacked.home().resolve("lib"))) {
            assertThat(lib.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("start-up-.*\\.aot"))
                    .noneMatch(name -> name.endsWith(".failed"));
        }
    }

    @Test
    void theTarRunsFromAnyFolderAndFindsAJdkPastAnOldJavaOnThePath() throws Exception {
        Distribution unpacked = unpacked(".tar.gz");
        Path old = fakeJdk17();
        Path home = folder.resolve("user");
        Path jdks = Files.createDirectories(home.resolve(".jdks"));
        Path link = Files.createSymbolicLink(jdks.resolve("25"), Path.of(System.getProperty("java.home")));

        MephistoProcess.Builder mephisto = mephisto(unpacked)
                .withoutEnvironment("JAVA_HOME")
                .environment("PATH", old.resolve("bin") + ":/usr/bin:/bin")
                .environment("HOME", home.toString())
                .environment("MEPHISTO_AOT", "off");

        assertRunsAnExample(mephisto, unpacked);

        Files.delete(link);
    }

    private Path fakeJdk17() throws IOException {
        Path old = folder.resolve("jdk 17");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        for (String program : new String[] {"java", "javac"}) {
            Path file = Files.writeString(old.resolve("bin").resolve(program), "#!/bin/sh\necho too old >&2\nexit 9\n");
            Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.values()));
        }
        return old;
    }

    private static void assertRunsAnExample(MephistoProcess.Builder mephisto, Distribution unpacked) throws Exception {
        Path example = unpacked.example("simple-static-task");
        try (MephistoProcess run = mephisto.start("run", example.toString(), "mephisto.architect.port=0")) {
            URI link = run.link();
            assertThat(new SimulatedWorker(link, "ann").get("").body()).contains("<div id=\"app\">");
            assertThat(new SimulatedWorker(link, "ann").register().hasUnit()).isTrue();
            run.interruptTwice();
            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
    }

    @Test
    void withoutAJdkItSaysWhatIsNeededAndWhereItHasLooked() throws Exception {
        Distribution demanding = new Distribution(folder.resolve("demanding"));
        Files.createDirectories(demanding.home().resolve("bin"));
        Files.copy(assembled.resolve("bin/find-jdk.sh"), demanding.home().resolve("bin/find-jdk.sh"));
        String script = Files.readString(assembled.resolve("bin/mephisto"));
        Files.writeString(demanding.script(), script.replace("_jdk 25", "_jdk 999"));
        Files.setPosixFilePermissions(demanding.script(), Set.of(PosixFilePermission.values()));

        try (MephistoProcess run =
                mephisto(demanding).environment("JAVA_HOME", "/nowhere/jdk").start("--version")) {
            int code = run.awaitExit();

            assertThat(code).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("needs a JDK 999 or newer")
                    .contains("JAVA_HOME (\"/nowhere/jdk\")")
                    .contains("/usr/lib/jvm")
                    .contains("Install one");
        }
    }

    @Test
    void examplesHoldWhatUsersNeedAndNothingOfTheBuild() throws Exception {
        try (Stream<Path> files = Files.walk(assembled.resolve("examples"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("task.yaml", "bundle.js", "main.jsx", "README.md")
                    .doesNotContain("pom.xml", "target", ".gitignore", "node_modules");
        }
        try (Stream<Path> lib = Files.list(assembled.resolve("lib"))) {
            assertThat(lib.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("mephisto-task-.*\\.jar"))
                    .noneMatch(name -> name.contains("junit") || name.contains("playwright"));
        }
    }
}
