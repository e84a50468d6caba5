package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

@Timeout(60)
class StaticFilesTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    Path directory;

    private RouterFixture router;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.start(directory);
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?worker_id=x&assignment_id=1", "/index.html", "/task_index"})
    void thePageIsServed(String path) throws Exception {
        HttpResponse<String> answer = router.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("<html>the page</html>");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    }

    @Test
    void theTaskConfigIsServedWhateverVersionIsAskedFor() throws Exception {
        HttpResponse<String> answer = router.get("/task_config.json?mephisto_task_version=2.0.3");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RouterFixture.json(answer).path("block_mobile").asBoolean()).isTrue();
    }

    @Test
    void theServiceRoutesAnswer() throws Exception {
        long before = System.currentTimeMillis();

        assertThat(router.get("/is_alive?x=1").body()).isEqualTo("{\"status\": \"Alive!\"}");
        assertThat(RouterFixture.json(router.get("/get_timestamp"))
                        .path("timestamp")
                        .asLong())
                .isGreaterThanOrEqualTo(before);
        assertThat(router.get("/welcome").body()).contains("Mephisto");
    }

    @ParameterizedTest
    @CsvSource({
        "bundle.js,text/javascript; charset=utf-8",
        "style.css,text/css; charset=utf-8",
        "image.png,image/png",
        "clip.mp4,video/mp4",
        "thing.unknown-kind,application/octet-stream"
    })
    void aFileHasTheTypeOfItsName(String name, String type) throws Exception {
        Files.writeString(router.folder.resolve(name), "content");

        HttpResponse<String> answer = router.get("/" + name);

        assertThat(answer.body()).isEqualTo("content");
        assertThat(answer.headers().firstValue("content-type")).hasValue(type);
    }

    @Test
    void aFileWithSpacesAndUmlautsInAFolderIsServed() throws Exception {
        Files.createDirectories(router.folder.resolve("assets"));
        Files.writeString(router.folder.resolve("assets/ä b+c.txt"), "content");

        assertThat(router.get("/assets/%C3%A4%20b+c.txt").body()).isEqualTo("content");
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgainUntilItChanges() throws Exception {
        Path file = Files.writeString(router.folder.resolve("bundle.js"), "one");
        String tag = router.get("/bundle.js").headers().firstValue("etag").orElseThrow();

        HttpResponse<String> unchanged = router.get("/bundle.js", "If-None-Match", "\"other\", W/" + tag);
        Files.writeString(file, "another");
        HttpResponse<String> changed = router.get("/bundle.js", "If-None-Match", tag);

        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo("another");
    }

    @Test
    void aHeadRequestGetsTheLengthAlone() throws Exception {
        HttpResponse<String> answer = router.send("HEAD", "/index.html", null);

        assertThat(answer.headers().firstValue("content-length")).hasValue("21");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aBundleLinkedDirectlyInTheFolderIsServed() throws Exception {
        Path bundle = Files.writeString(directory.resolve("built-elsewhere.js"), "bundle");
        Files.createSymbolicLink(router.folder.resolve("bundle.js"), bundle);

        assertThat(router.get("/bundle.js").body()).isEqualTo("bundle");
    }

    @Test
    void uploadsInsideTheFolderAreNotServed() throws Exception {
        Path build = Files.createDirectories(directory.resolve("other/build"));
        try (RouterFixture nested = RouterFixture.start(
                directory.resolve("other"),
                options -> RouterOptions.of("localhost", 0, build, build.resolve("uploads")))) {
            Files.writeString(build.resolve("uploads/private.txt"), "SECRET");

            assertThat(nested.get("/uploads/private.txt").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aBrowserGetsAReadablePageWhereThereIsNothing() throws Exception {
        HttpResponse<String> answer = router.get("/nothing%3Cb%3E", "Accept", "text/html,*/*");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.body()).contains("There is nothing at").doesNotContain("<b>");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        RouterOptions taken = RouterOptions.of(
                "localhost", router.router.url().getPort(), router.folder, directory.resolve("other-uploads"));

        assertThatThrownBy(() -> RouterServer.start(router.vertx, taken))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PORT_IN_USE))
                .hasMessageContaining("\"" + taken.port() + "\"");
    }

    @Test
    void aMissingFolderIsNamed() {
        RouterOptions missing =
                RouterOptions.of("localhost", 0, directory.resolve("missing"), directory.resolve("other-uploads"));

        assertThatThrownBy(() -> RouterServer.start(router.vertx, missing))
                .isInstanceOf(MephistoException.class)
                .hasMessageContaining("missing");
    }
}
