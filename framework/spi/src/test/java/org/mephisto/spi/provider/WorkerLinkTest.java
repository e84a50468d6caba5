package org.mephisto.spi.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;

final class WorkerLinkTest {
    private final WorkerLink link = new WorkerLink("mock", "worker_id", "assignment_id");

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, http://localhost:3000/?worker_id=ann&assignment_id=1",
        "http://localhost:3000/, http://localhost:3000/?worker_id=ann&assignment_id=1",
        "https://task.example/a/b, https://task.example/a/b?worker_id=ann&assignment_id=1",
        "https://task.example/a?lang=de, https://task.example/a?lang=de&worker_id=ann&assignment_id=1",
        "https://task.example/a?, https://task.example/a?worker_id=ann&assignment_id=1",
        "https://task.example/a#top, https://task.example/a?worker_id=ann&assignment_id=1",
    })
    void linkIsBuiltOnTheTaskUrl(String taskUrl, String expected) {
        assertThat(link.url(URI.create(taskUrl), "ann", "1")).hasToString(expected);
    }

    @Test
    void namesAreEncoded() {
        URI url = link.url(URI.create("http://localhost:3000"), "a&b=c d+e/ü#%?", "1 2");

        assertThat(url)
                .hasToString(
                        "http://localhost:3000/?worker_id=a%26b%3Dc%20d%2Be%2F%C3%BC%23%25%3F&assignment_id=1%202");
    }

    @ParameterizedTest
    @CsvSource({"ann", "'Ann Lee'", "ü", "\uD83D\uDE00", "a&b"})
    void ordinaryNamesAreTaken(String name) {
        assertThat(workerName(name)).isEqualTo(name);
    }

    @Test
    void nameMayHave255CharactersOfAnyKind() {
        String name = "\uD83D\uDE00".repeat(255);

        assertThat(workerName(name)).isEqualTo(name);
        assertRefused(Map.of("worker_name", name + "x"), "longer than 255 characters");
    }

    @Test
    void missingNameIsRefused() {
        assertRefused(Map.of(), "\"worker_id\" is empty or missing");
        assertThatThrownBy(() -> link.workerName(JsonValue.ofText("{\"worker_name\": null}")))
                .hasMessageContaining("\"worker_id\" is empty or missing");
        assertThatThrownBy(() -> link.workerName(JsonValue.ofText("[]")))
                .hasMessageContaining("\"worker_id\" is empty or missing");
    }

    @Test
    void emptyNameIsRefused() {
        assertRefused(Map.of("worker_name", ""), "\"worker_id\" is empty or missing");
        assertRefused(Map.of("worker_name", "  "), "\"worker_id\" is empty or missing");
    }

    @Test
    void nameThatIsNoTextIsRefused() {
        assertRefused(Map.of("worker_name", 7), "no text");
        assertRefused(Map.of("worker_name", Map.of("first", "ann")), "no text");
    }

    @Test
    void nameThatCannotBeStoredAsItIsIsRefused() {
        assertRefused(Map.of("worker_name", "ann\n"), "cannot be read");
        assertRefused(Map.of("worker_name", "ann\u0000"), "cannot be read");
        assertRefused(Map.of("worker_name", "ann\uD83D"), "cannot be read");
    }

    @Test
    void refusalDoesNotRepeatTheName() {
        assertThatThrownBy(() -> workerName("secretive\u0007")).hasMessageNotContainingAny("secretive");
    }

    private String workerName(String name) {
        return link.workerName(JsonValue.of(Map.of("worker_name", name)));
    }

    private void assertRefused(Map<String, ?> providerData, String reason) {
        assertThatThrownBy(() -> link.workerName(JsonValue.of(providerData)))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT))
                .hasMessageContaining(reason);
    }
}
