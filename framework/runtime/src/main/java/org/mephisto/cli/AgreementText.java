package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mephisto.agreement.AgreementReport;
import org.mephisto.agreement.Coefficient;
import org.mephisto.agreement.DawidSkene;
import org.mephisto.agreement.DawidSkene.Label;
import org.mephisto.agreement.RatingsReader;
import org.mephisto.agreement.Vote;
import org.mephisto.spi.json.Json;

/** A report of agreement for a terminal, for programs and for tables. */
record AgreementText(String taskName, String field, RatingsReader.Read read, AgreementReport report) {
    private static final int MOST_ITEMS = 20;
    private static final int MOST_WORKERS = 10;
    private static final Map<String, String> NAMES = Map.of(
            "percent_agreement", "percent agreement",
            "cohens_kappa", "Cohen's kappa",
            "fleiss_kappa", "Fleiss' kappa",
            "krippendorffs_alpha", "Krippendorff's alpha");
    private static final List<String> COLUMNS =
            List.of("assignment_id", "ratings", "counts", "majority", "tied", "dawid_skene", "dawid_skene_probability");

    void print(PrintWriter out) {
        var ratings = report.ratings();
        out.println("Agreement on \"" + field + "\" in " + taskName + ": "
                + counted(ratings.byItem().size(), "assignment") + ", "
                + counted(ratings.workers().size(), "worker") + ", "
                + counted(ratings.all().size(), "rating") + ".");
        if (!read.leftOut().isEmpty()) {
            out.println("Left out: "
                    + read.leftOut().entrySet().stream()
                            .map(each -> each.getValue() + " " + each.getKey())
                            .collect(Collectors.joining(", "))
                    + "."
                    + (read.leftOut().keySet().stream().anyMatch(each -> each.endsWith("rejected"))
                            ? " Rejected ones count with --include rejected,soft_rejected."
                            : ""));
        }
        if (read.withoutField() > 0) {
            out.println("Without a value in the field: " + counted(read.withoutField(), "unit") + ".");
        }
        if (ratings.all().isEmpty()) {
            out.println("There is nothing to compare yet.");
            return;
        }
        out.println();
        Table table = new Table("MEASURE", "VALUE", "FROM");
        report.coefficients()
                .forEach((name, coefficient) ->
                        table.row(NAMES.getOrDefault(name, name), shown(name, coefficient), basis(name, coefficient)));
        table.print(out);
        out.println();
        printVotes(out);
        printWorkers(out);
    }

    private String basis(String name, Coefficient coefficient) {
        return name.equals("krippendorffs_alpha")
                ? AgreementCommand.word(report.level()) + ", " + coefficient.basis()
                : coefficient.basis();
    }

    private static String shown(String name, Coefficient coefficient) {
        if (coefficient.value().isEmpty()) {
            return "-";
        }
        double value = coefficient.value().getAsDouble();
        return name.equals("percent_agreement")
                ? String.format(Locale.ROOT, "%.1f %%", value * 100)
                : String.format(Locale.ROOT, "%.3f", value);
    }

    private void printVotes(PrintWriter out) {
        List<Vote> tied = report.votes().stream().filter(Vote::isTied).toList();
        out.println("Majority: " + counted(report.votes().size() - tied.size(), "assignment") + " decided, "
                + tied.size() + " tied"
                + (tied.isEmpty()
                        ? "."
                        : ": " + shortened(tied, vote -> vote.item() + " (" + String.join(", ", vote.winners()) + ")")
                                + "."));
        DawidSkene likely = report.likely();
        List<Label> others = new ArrayList<>();
        for (int i = 0; i < likely.items().size(); i++) {
            if (!report.votes()
                    .get(i)
                    .winners()
                    .equals(List.of(likely.items().get(i).value()))) {
                others.add(likely.items().get(i));
            }
        }
        out.println("Dawid-Skene: "
                + (likely.converged() ? "converged after " : "NOT converged after ")
                + counted(likely.iterations(), "iteration") + "; "
                + (others.isEmpty()
                        ? "the same labels as the majority."
                        : "another label than the majority, or one where that is tied: "
                                + shortened(
                                        others,
                                        label -> String.format(
                                                Locale.ROOT,
                                                "%s (%s, %.2f)",
                                                label.item(),
                                                label.value(),
                                                label.probability()))
                                + "."));
    }

    private static <T> String shortened(List<T> all, Function<T, String> text) {
        return all.stream().limit(MOST_ITEMS).map(text).collect(Collectors.joining(", "))
                + (all.size() > MOST_ITEMS ? " and " + (all.size() - MOST_ITEMS) + " more (see --csv)" : "");
    }

    private void printWorkers(PrintWriter out) {
        Map<String, Long> counts = report.ratings().all().stream()
                .collect(Collectors.groupingBy(rating -> rating.worker(), Collectors.counting()));
        report.likely().workers().entrySet().stream().limit(MOST_WORKERS).forEach(worker -> {
            out.println();
            out.println("What " + worker.getKey() + " says ("
                    + counted(counts.getOrDefault(worker.getKey(), 0L), "rating") + "), by what is likely true:");
            List<String> heading = new ArrayList<>(List.of("TRUE"));
            heading.addAll(worker.getValue().keySet());
            Table table = new Table(heading.toArray(String[]::new));
            worker.getValue().forEach((value, says) -> {
                List<String> row = new ArrayList<>(List.of(value));
                says.values().forEach(share -> row.add(String.format(Locale.ROOT, "%.2f", share)));
                table.row(row.toArray(String[]::new));
            });
            table.print(out);
        });
        int more = report.likely().workers().size() - MOST_WORKERS;
        if (more > 0) {
            out.println();
            out.println("and " + counted(more, "worker") + " more (see --json).");
        }
    }

    void json(PrintWriter out) {
        ObjectNode all = Json.object().put("task_name", taskName).put("field", field);
        all.put("level", AgreementCommand.word(report.level()));
        all.put("ratings", report.ratings().all().size());
        all.set("left_out", Json.toNode(read.leftOut()));
        all.put("without_field", read.withoutField());
        report.coefficients().forEach((name, coefficient) -> {
            ObjectNode node = all.putObject(name);
            if (coefficient.value().isPresent()) {
                node.put("value", coefficient.value().getAsDouble());
            } else {
                node.putNull("value");
            }
            node.put("basis", coefficient.basis());
        });
        ArrayNode labels = all.putArray("assignments");
        for (int i = 0; i < report.votes().size(); i++) {
            Vote vote = report.votes().get(i);
            Label label = report.likely().items().get(i);
            ObjectNode node = labels.addObject().put("assignment_id", vote.item());
            node.set("counts", Json.toNode(vote.counts()));
            node.set("majority", Json.toNode(vote.winners()));
            node.put("tied", vote.isTied());
            node.put("dawid_skene", label.value()).put("dawid_skene_probability", label.probability());
        }
        ObjectNode model = all.putObject("dawid_skene");
        model.put("converged", report.likely().converged());
        model.put("iterations", report.likely().iterations());
        model.put("log_likelihood", report.likely().logLikelihood());
        model.set("prevalence", Json.toNode(report.likely().prevalence()));
        model.set("workers", Json.toNode(report.likely().workers()));
        out.println(Json.write(all));
    }

    void csv(PrintWriter out) throws IOException {
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
        COLUMNS.forEach(schema::addColumn);
        CsvGenerator csv = new CsvFactory().createGenerator(out);
        csv.setSchema(schema.build());
        for (int i = 0; i < report.votes().size(); i++) {
            Vote vote = report.votes().get(i);
            Label label = report.likely().items().get(i);
            csv.writeStartObject();
            csv.writeStringField("assignment_id", vote.item());
            csv.writeNumberField(
                    "ratings",
                    vote.counts().values().stream().mapToInt(Integer::intValue).sum());
            csv.writeStringField("counts", Json.write(vote.counts()));
            csv.writeStringField("majority", String.join("|", vote.winners()));
            csv.writeBooleanField("tied", vote.isTied());
            csv.writeStringField("dawid_skene", label.value());
            csv.writeStringField("dawid_skene_probability", String.format(Locale.ROOT, "%.6f", label.probability()));
            csv.writeEndObject();
        }
        csv.flush();
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
