package org.mephisto.blueprint.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.StaticTaskData;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/**
 * What the conversations are about: a context each, of which {@code private.ROLE} is for that role alone. In a CSV file that is a column
 * {@code private.ROLE.FIELD}. Immutable; the assignments are drawn by one thread.
 */
final class ChatContexts {
    static final String PRIVATE = "private";

    /** So many rows are looked at before the launch. */
    private static final int CHECKED_ROWS = 1_000;

    private final Optional<StaticTaskData> file;
    private final String option;
    private final int count;
    private final int participants;

    private ChatContexts(Optional<StaticTaskData> file, String option, int count, int participants) {
        this.file = file;
        this.option = option;
        this.count = count;
        this.participants = participants;
    }

    static ChatContexts of(ChatConfig config, Path taskDirectory) {
        ChatContextArgs args = config.contexts();
        int participants = config.participants();
        String option = args.contextCsv().isPresent() ? "context_csv" : "context_jsonl";
        Optional<StaticTaskData> file = args.contextCsv()
                .or(args::contextJsonl)
                .map(path -> StaticTaskData.ofFile(option, taskDirectory.resolve(path), participants));
        return new ChatContexts(file, option, args.numConversations().orElse(0), participants);
    }

    /**
     * What is wrong with the contexts.
     *
     * @param roles all that a private part may be for
     */
    List<Problem> problems(Set<String> roles) {
        if (file.isEmpty()) {
            return count > 0
                    ? List.of()
                    : List.of(new Problem(
                            "mephisto.blueprint.num_conversations",
                            "missing: there is nothing to talk about. Say how many conversations to hold, or what each is about with"
                                    + " context_csv or context_jsonl."));
        }
        List<Problem> problems = new ArrayList<>(file.get().problems());
        if (problems.isEmpty()) {
            Set<String> unknown = new TreeSet<>();
            try (Stream<AssignmentData> rows = assignments().limit(CHECKED_ROWS)) {
                rows.forEach(
                        row -> row.shared().node().path(PRIVATE).fieldNames().forEachRemaining(unknown::add));
            }
            unknown.removeAll(roles);
            if (!unknown.isEmpty()) {
                problems.add(new Problem(
                        "mephisto.blueprint." + option,
                        "has something private for \"" + String.join("\", \"", unknown)
                                + "\", which nobody plays. Known roles: "
                                + (roles.isEmpty() ? "none; give roles" : String.join(", ", new TreeSet<>(roles)))
                                + "."));
            }
        }
        return problems;
    }

    /** The conversations, a unit for each person. */
    Stream<AssignmentData> assignments() {
        return file.map(data -> data.assignments().map(ChatContexts::nested))
                .orElseGet(() ->
                        IntStream.range(0, count).mapToObj(number -> AssignmentData.of(Json.object(), participants)));
    }

    private static AssignmentData nested(AssignmentData row) {
        ObjectNode shared = Json.object();
        row.shared().node().properties().forEach(field -> {
            String[] path = field.getKey().split("\\.", 3);
            if (path.length == 3 && path[0].equals(PRIVATE)) {
                shared.withObjectProperty(PRIVATE).withObjectProperty(path[1]).set(path[2], field.getValue());
            } else {
                shared.set(field.getKey(), field.getValue());
            }
        });
        return new AssignmentData(JsonValue.of(shared), row.unitData());
    }

    /** What somebody with this role knows: all that is not private, and what is private to the role. */
    static ObjectNode known(JsonValue context, Optional<String> role) {
        ObjectNode known = context.object().deepCopy();
        known.remove(PRIVATE);
        role.map(name -> context.node().path(PRIVATE).path(name))
                .ifPresent(own -> own.properties().forEach(field -> known.set(field.getKey(), field.getValue())));
        return known;
    }

    void close() {
        file.ifPresent(StaticTaskData::close);
    }
}
