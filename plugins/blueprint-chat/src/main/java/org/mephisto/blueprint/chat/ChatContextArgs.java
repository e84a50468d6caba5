package org.mephisto.blueprint.chat;

import java.nio.file.Path;
import java.util.Optional;
import org.mephisto.spi.config.Option;

/** How many conversations there are, and what each is about. */
record ChatContextArgs(
        @Option(help = "A CSV file with a heading line: one conversation a line. Wins over context_jsonl.")
        Optional<Path> contextCsv,

        @Option(
                help =
                        "A file with one JSON object a line: one conversation each. What only one role may see is under private.ROLE.")
        Optional<Path> contextJsonl,

        @Option(help = "How many conversations to hold where no file says what they are about.", min = 1)
        Optional<Integer> numConversations) {}
