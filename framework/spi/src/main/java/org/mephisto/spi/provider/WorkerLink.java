package org.mephisto.spi.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/**
 * How workers come by a link that names them: the link itself, the page's script that reads it, and the check of the name that arrives.
 * What a provider needs whose workers have no other way to say who they are. Immutable.
 *
 * @param providerType the provider's type name
 * @param workerParameter the link's query parameter with the worker's name; without it the page is a preview
 * @param visitParameter the link's query parameter that tells one visit from another; without it the page is a preview
 */
public record WorkerLink(String providerType, String workerParameter, String visitParameter) {
    private static final String SCRIPT = read("wrap_crowd_source.js");
    private static final String NAME_FIELD = "worker_name";
    private static final int MAX_NAME = 255;

    public WorkerLink {
        Objects.requireNonNull(providerType, "providerType");
        Objects.requireNonNull(workerParameter, "workerParameter");
        Objects.requireNonNull(visitParameter, "visitParameter");
    }

    /**
     * The {@code wrap_crowd_source.js} that reads such links: {@code getWorkerName}, {@code getAssignmentId}, {@code
     * getAgentRegistration}, {@code handleSubmitToProvider} (which thanks the worker and links to the next unit) and {@code
     * window._MEPHISTO_CONFIG_}.
     */
    public String script() {
        return SCRIPT.replace("__PROVIDER_TYPE__", Json.write(providerType))
                .replace("__WORKER_PARAMETER__", Json.write(workerParameter))
                .replace("__VISIT_PARAMETER__", Json.write(visitParameter));
    }

    /**
     * The link for one visit of one worker.
     *
     * @param taskUrl where the page is; its own query parameters are kept
     */
    public URI url(URI taskUrl, String workerName, String visitId) {
        String base = taskUrl.toString().replaceFirst("#.*", "");
        if (taskUrl.getRawQuery() == null) {
            String path = taskUrl.getRawPath();
            base += (path == null || path.isEmpty() ? "/" : "") + "?";
        } else {
            base += taskUrl.getRawQuery().isEmpty() ? "" : "&";
        }
        return URI.create(base + encode(workerParameter) + "=" + encode(workerName) + "&" + encode(visitParameter) + "="
                + encode(visitId));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The name that the page's script sent as {@code worker_name}.
     *
     * @throws MephistoException {@code INVALID_INPUT}, in words for the worker, when it is missing, empty, no text, longer than 255
     *     characters, or holds characters that no name has
     */
    public String workerName(JsonValue providerData) {
        String text = providerData.string(NAME_FIELD).orElse("");
        if (text.isBlank()) {
            throw isOfOtherKind(providerData.object().get(NAME_FIELD))
                    ? refused("gives your name as a JSON value that is no text")
                    : refused("does not say who you are: \"" + workerParameter + "\" is empty or missing in it");
        }
        if (text.codePointCount(0, text.length()) > MAX_NAME) {
            throw refused("has a name in \"" + workerParameter + "\" that is longer than " + MAX_NAME + " characters");
        }
        if (text.codePoints().anyMatch(WorkerLink::isNoLetter)) {
            throw refused("has a name in \"" + workerParameter + "\" with characters that cannot be read");
        }
        return text;
    }

    private static boolean isOfOtherKind(@Nullable JsonNode name) {
        return name != null && !name.isNull() && !name.isTextual();
    }

    /** Control characters, and halves of characters that no database keeps as they are. */
    private static boolean isNoLetter(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static MephistoException refused(String what) {
        return new MephistoException(
                ErrorCode.INVALID_INPUT,
                "The link to this page " + what
                        + ". Please open the link exactly as you got it, or ask for a new one.");
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(WorkerLink.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
