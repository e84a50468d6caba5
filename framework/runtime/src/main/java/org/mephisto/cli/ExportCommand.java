package org.mephisto.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mephisto.boot.Mephisto;
import org.mephisto.export.ExportFormat;
import org.mephisto.export.ExportRows;
import org.mephisto.export.ExportWriter;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a task's data. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes one row for each unit of a task, over all its runs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mephisto export my-task --format csv --flatten -o my-task.csv",
            "  mephisto export my-task | jq .outputs",
            "  mephisto export my-task mephisto.datapath=/data/mephisto"
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TASK", description = "The task's name.")
    private String taskName;

    @Mixin
    private final DatabaseSettings database = new DatabaseSettings();

    @Option(
            names = {"-f", "--format"},
            defaultValue = "jsonl",
            description = "jsonl (a JSON object a line, the default), json or csv.")
    private ExportFormat format;

    @Option(names = "--flatten", description = "For csv: a column for each nested value, such as outputs.label.")
    private boolean flatten;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file, whole or not at all, instead of standard output.")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    ExportCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException {
        try (Mephisto mephisto = installation.open()) {
            ExportRows rows = new ExportRows(database.open(mephisto), mephisto.registry());
            ExportWriter.Rows ofTask = consumer -> rows.forEach(taskName, consumer);
            if (output == null) {
                ExportWriter.write(ofTask, format, flatten, spec.commandLine().getOut());
            } else {
                long count = writeFile(ofTask, output);
                spec.commandLine().getErr().println(count + " rows written to " + output + ".");
            }
            return 0;
        }
    }

    private long writeFile(ExportWriter.Rows rows, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            long count;
            try (Writer out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                count = ExportWriter.write(rows, format, flatten, out);
            }
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return count;
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "\"" + file + "\" cannot be written (" + e + "). Name another file with -o.",
                    e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
