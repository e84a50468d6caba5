package org.mephisto.blueprint.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/**
 * What the conversations are about: a context each, of which {@code private.ROLE} is for that role alone. In a CSV file that is a column
 * {@code private.ROLE.FIELD}. Immutable; the assignments are drawn by one thread.
 */
final class ChatContexts {
    private final Optional<ContextFile> file;
    private final int count;
    private final int participants;

    private ChatContexts(Optional<ContextFile> file, int count, int participants) {
        this.file = file;
        this.count = count;
        this.participants = participants;
    }

    static ChatContexts of(ChatConfig config, Path taskDirectory) {
        ChatContextArgs args = config.contexts();
        int participants = config.participants();
        String option = args.contextCsv().isPresent() ? "context_csv" : "context_jsonl";
        Optional<ContextFile> file = args.contextCsv()
                .or(args::contextJsonl)
                .map(path -> ContextFile.of(option, taskDirectory.resolve(path), participants));
        return new ChatContexts(file, args.numConversations().orElse(0), participants);
    }

    /**
     * What is wrong with the contexts.
     *
     * @param roles all that a private part may be for
     */
    List<Problem> problems(Set<String> roles) {
        if (file.isPresent()) {
            return file.get().problems(roles);
        }
        return count > 0
                ? List.of()
                : List.of(new Problem(
                        "mephisto.blueprint.num_conversations",
                        "missing: there is nothing to talk about. Say how many conversations to hold, or what each is about with"
                                + " context_csv or context_jsonl."));
    }

    /** The conversations, a unit for each person. */
    Stream<AssignmentData> assignments() {
        return file.map(ContextFile::assignments)
                .orElseGet(() ->
                        IntStream.range(0, count).mapToObj(number -> AssignmentData.of(Json.object(), participants)));
    }

    /** What somebody with this role knows: all that is not private, and what is private to the role. */
    static ObjectNode known(JsonValue context, Optional<String> role) {
        ObjectNode known = context.object().deepCopy();
        known.remove(ContextFile.PRIVATE);
        role.map(name -> context.node().path(ContextFile.PRIVATE).path(name))
                .ifPresent(own -> own.properties().forEach(field -> known.set(field.getKey(), field.getValue())));
        return known;
    }

    void close() {
        file.ifPresent(ContextFile::close);
    }
}
