package org.mephisto.spi.blueprint;

import java.nio.file.Path;
import java.util.Optional;
import org.mephisto.spi.config.Option;

/** The keys that all static blueprints share: where the work comes from; taken in with {@link org.mephisto.spi.config.Mixin}. */
public record StaticTaskArgs(
        @Option(help = "How many workers do each item.", defaultValue = "1", min = 1, max = 10_000)
        int unitsPerAssignment,

        @Option(
                help = "The page that shows finished work to reviewers. Empty: the data as they are.",
                defaultValue = "")
        String taskSourceReview,

        @Option(help = "A folder whose files are served beside the page, such as images.")
        Optional<Path> extraSourceDir,

        @Option(help = "A JSON file: a list of objects, one for each assignment.")
        Optional<Path> dataJson,

        @Option(help = "A file with one JSON object a line, one for each assignment.")
        Optional<Path> dataJsonl,

        @Option(help = "A CSV file with a heading line, one assignment a line.")
        Optional<Path> dataCsv) {

    /**
     * Opens the work to do: of {@code data_csv}, else {@code data_json}, else {@code data_jsonl}, else what code gave as
     * {@link SharedTaskState#staticTaskData}. Call once; reads files, so the thread may block.
     */
    public StaticTaskData data(BlueprintContext context) {
        Optional<DataFile> file = dataCsv.map(path -> new DataFile(path, DataFile.Format.CSV))
                .or(() -> dataJson.map(path -> new DataFile(path, DataFile.Format.JSON)))
                .or(() -> dataJsonl.map(path -> new DataFile(path, DataFile.Format.JSONL)))
                .map(found -> found.in(context.taskDirectory()));
        return new StaticTaskData(file, context.sharedState().staticTaskData(), unitsPerAssignment);
    }
}
