package org.mephisto.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mephisto.agreement.AgreementReport;
import org.mephisto.agreement.Level;
import org.mephisto.agreement.RatingsReader;
import org.mephisto.boot.Mephisto;
import org.mephisto.export.ExportRows;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.UnitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how far workers agree. */
@Command(
        name = "agreement",
        mixinStandardHelpOptions = true,
        description = {
            "Says how far workers who did the same assignments agree on a field, and what they come to together.",
            "",
            "For tasks with units_per_assignment of 2 or more: percent agreement, Cohen's and Fleiss' kappa, Krippendorff's alpha, the majority vote, and Dawid-Skene's labels with each worker's errors. Rejected units, gold and screening are left out."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mephisto agreement my-task --field label",
            "  mephisto agreement my-task --field stars --level ordinal",
            "  mephisto agreement my-task --field mood --level ordinal --order low,fair,high",
            "  mephisto agreement my-task --field label --csv > labels.csv"
        })
final class AgreementCommand implements Callable<Integer> {
    /** Work that was taken back or turned down says little of how people agree. */
    private static final Set<UnitStatus> USUAL = EnumSet.of(UnitStatus.COMPLETED, UnitStatus.ACCEPTED);

    @Parameters(index = "0", paramLabel = "TASK", description = "The task's name.")
    private String taskName;

    @Mixin
    private final DatabaseSettings database = new DatabaseSettings();

    @Option(
            names = {"-F", "--field"},
            required = true,
            paramLabel = "FIELD",
            description = "The field of the outputs, such as label, or answers.first for an inner one.")
    private String field;

    @Option(
            names = {"-l", "--level"},
            defaultValue = "nominal",
            paramLabel = "LEVEL",
            description =
                    "For alpha: nominal (names, the default), ordinal (ranks) or interval (numbers whose differences count).")
    private Level level;

    @Option(
            names = "--order",
            split = ",",
            paramLabel = "VALUE",
            description = "For ordinal values that are no numbers: all of them from low to high.")
    private List<String> order = List.of();

    @Option(
            names = "--include",
            split = ",",
            paramLabel = "STATUS",
            description = "Units to count beside completed and accepted ones: rejected, soft_rejected.")
    private List<UnitStatus> include = List.of();

    @Option(names = "--json", description = "Print all of it as JSON.")
    private boolean json;

    @Option(names = "--csv", description = "Print the labels, a line an assignment.")
    private boolean csv;

    @Spec
    private CommandSpec spec;

    private final Installation installation;

    AgreementCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException {
        if (json && csv) {
            throw new MephistoException(ErrorCode.INVALID_INPUT, "Give one of --json and --csv, not both.");
        }
        try (Mephisto mephisto = installation.open()) {
            Set<UnitStatus> statuses = EnumSet.copyOf(USUAL);
            statuses.addAll(include);
            RatingsReader.Read read = new RatingsReader(field, statuses)
                    .read(new ExportRows(database.open(mephisto), mephisto.registry()), taskName);
            AgreementReport report = AgreementReport.of(read.ratings(), level, order);
            PrintWriter out = spec.commandLine().getOut();
            AgreementText text = new AgreementText(taskName, field, read, report);
            if (json) {
                text.json(out);
            } else if (csv) {
                text.csv(out);
            } else {
                text.print(out);
            }
            return 0;
        }
    }

    static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
