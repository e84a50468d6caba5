package org.mephisto.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/** Reaches the runs of all processes of this user. Blocks its caller; confined to one thread. */
public final class AdminClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path home;
    private final String user;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    /**
     * @param home {@code MEPHISTO_HOME}
     * @param user who does it, for the audit
     */
    public AdminClient(Path home, String user) {
        this.home = home;
        this.user = user;
    }

    private record Found(AdminFile process, ObjectNode run) {}

    /** Every run as {@link RunControl} tells it, with the {@code pid} of its process. */
    public List<ObjectNode> list() {
        return find().stream().map(Found::run).toList();
    }

    private List<Found> find() {
        List<Found> found = new ArrayList<>();
        for (AdminFile process : AdminFile.readAll(home)) {
            for (JsonNode run : ask(process, "GET", "", BodyPublishers.noBody())) {
                found.add(new Found(process, ((ObjectNode) run).put("pid", process.pid())));
            }
        }
        return found;
    }

    /**
     * One run.
     *
     * @param run its number or its task's name
     * @throws MephistoException {@code NOT_FOUND} naming the runs there are; {@code CONFLICT} when several are meant
     */
    public ObjectNode show(String run) {
        return require(run).run();
    }

    public ObjectNode change(String run, Map<String, String> settings) {
        Found found = require(run);
        return (ObjectNode) ask(found.process(), "PATCH", path(found), BodyPublishers.ofString(Json.write(settings)));
    }

    /** @param action {@code pause}, {@code resume} or {@code stop} */
    public ObjectNode tell(String run, String action) {
        Found found = require(run);
        return (ObjectNode) ask(found.process(), "POST", path(found) + "/" + action, BodyPublishers.noBody());
    }

    private static String path(Found found) {
        return "/" + found.run().path("task_run_id").asLong();
    }

    private Found require(String run) {
        List<Found> all = find();
        List<Found> meant = all.stream()
                .filter(each -> each.run().path("task_run_id").asText().equals(run)
                        || each.run().path("task_name").asText().equals(run))
                .toList();
        if (meant.isEmpty()) {
            throw new MephistoException(
                    ErrorCode.NOT_FOUND,
                    "No run \"" + run + "\" is going on. "
                            + (all.isEmpty() ? "There is none at all." : "There are: " + names(all) + "."));
        }
        if (meant.size() > 1) {
            throw new MephistoException(
                    ErrorCode.CONFLICT, "\"" + run + "\" means several runs: " + names(meant) + ". Name one of them.");
        }
        return meant.getFirst();
    }

    private static String names(List<Found> runs) {
        return runs.stream()
                .map(each -> each.run().path("task_run_id").asText() + " (\""
                        + each.run().path("task_name").asText() + "\", process "
                        + each.process().pid() + ")")
                .collect(Collectors.joining(", "));
    }

    private JsonNode ask(AdminFile process, String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(process.url().resolve("api/runs" + path))
                .header("Authorization", "Bearer " + process.token())
                .header(AdminServer.USER_HEADER, user)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .method(method, body)
                .build();
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.UNAVAILABLE,
                    "The process \"" + process.pid() + "\" that runs it does not answer: " + e.getMessage() + ".",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MephistoException(ErrorCode.UNAVAILABLE, "Waiting for the run's process was interrupted.", e);
        }
        JsonNode answer = Json.parse(response.body());
        if (response.statusCode() / 100 != 2) {
            JsonNode error = answer.path("error");
            throw new MephistoException(
                    ErrorCode.valueOf(error.path("code").asText(ErrorCode.INTERNAL.name())),
                    error.path("message").asText("The process answered with status " + response.statusCode() + "."));
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
    }
}
