package normlab.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.Cost;
import normlab.report.analysis.Measure;
import normlab.report.campaign.TrialOutcome;
import normlab.report.claim.Findings;
import normlab.report.format.Numbers;
import normlab.report.stats.Sample;
import normlab.report.text.CsvFiles;
import normlab.trial.TrialResult;

/** Tables of trials: all of them, those that diverged or failed, their time, their accuracy by class. */
final class TrialTables {
    private static final int MOST_CLASSES = 20;
    /** Own data can have folder names of any length. */
    private static final int LONGEST_NAME = 24;

    private final Findings findings;

    TrialTables(Findings findings) {
        this.findings = findings;
    }

    TableView all() {
        List<String> head = List.of(
                "Trial",
                "Seed",
                "Outcome",
                "Top-1, %",
                "Top-5, %",
                "Training loss",
                "Train mode",
                "Loss AUC",
                "Time",
                "Cached",
                "Place in the store",
                "Workflow");
        return new TableView(
                "Every trial",
                head,
                findings.campaign().trials().stream().map(TrialTables::row).toList());
    }

    /** Failed and diverged trials, with the reason if known. */
    TableView troubled() {
        List<List<CellView>> rows = findings.campaign().trials().stream()
                .filter(t -> t.failed() || t.diverged())
                .map(t -> List.of(
                        CellView.text(t.planned().label()),
                        CellView.text(CsvFiles.outcome(t)).warn(),
                        CellView.text(t.failed() ? t.failure().orElse("no reason recorded") : divergence(t))))
                .toList();
        return new TableView("Trials that diverged or failed", List.of("Trial", "Outcome", "Details"), rows);
    }

    /** Time per trial, over all peak rates that a cell was trained at. */
    TableView time() {
        List<String> head = new ArrayList<>(List.of("Activation"));
        Analysis first = findings.first();
        first.arms().forEach(arm -> head.add(first.title(arm)));
        List<List<CellView>> rows = new ArrayList<>();
        for (Analysis analysis : findings.decisive()) {
            for (Activation activation : analysis.activations()) {
                List<CellView> row =
                        new ArrayList<>(List.of(CellView.text(findings.inFront(analysis) + activation.title())));
                analysis.arms().forEach(arm -> row.add(CellView.number(seconds(analysis, activation, arm))));
                rows.add(row);
            }
        }
        return new TableView("Seconds of training and evaluation of a completed trial, mean ± SD (trials)", head, rows);
    }

    private String seconds(Analysis analysis, Activation activation, String arm) {
        List<Analysis> rates = findings.rates(analysis);
        List<Double> seconds = (rates.isEmpty() ? List.of(analysis) : rates)
                .stream()
                        .flatMap(rate -> rate.cell(activation, arm).trials().stream())
                        .filter(t -> !t.failed() && !t.diverged())
                        .map(Cost::seconds)
                        .filter(Double::isFinite)
                        .toList();
        return seconds.isEmpty() ? Numbers.ABSENT : Numbers.sample(Sample.of(seconds), 1);
    }

    /** With many classes only the hardest ones, since a table of a thousand columns cannot be read. */
    TableView perClass() {
        List<List<Double>> found = findings.campaign().trials().stream()
                .flatMap(t -> t.result().stream())
                .map(r -> r.test().perClass())
                .toList();
        int classes = found.stream().mapToInt(List::size).max().orElse(0);
        boolean all = classes <= MOST_CLASSES;
        List<Integer> shown = IntStream.range(0, classes)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> all ? c : mean(found, c)))
                .limit(MOST_CLASSES)
                .toList();
        List<String> head = new ArrayList<>(List.of("Activation, arm"));
        shown.forEach(c -> head.add(shortened(findings.campaign().className(c))));
        List<List<CellView>> rows = new ArrayList<>();
        for (Analysis analysis : findings.decisive()) {
            for (Activation activation : analysis.activations()) {
                analysis.arms().forEach(arm -> rows.add(perClass(analysis, analysis.cell(activation, arm), shown)));
            }
        }
        String which = all ? "" : ", the %d hardest of %s classes".formatted(MOST_CLASSES, Numbers.count(classes));
        return new TableView("Test accuracy by class in percent, mean over seeds" + which, head, rows);
    }

    private List<CellView> perClass(Analysis analysis, Cell cell, List<Integer> classes) {
        List<List<Double>> found = cell.trials().stream()
                .flatMap(t -> t.result().stream())
                .map(r -> r.test().perClass())
                .toList();
        List<CellView> row = new ArrayList<>();
        row.add(CellView.text("%s%s, %s"
                .formatted(findings.inFront(analysis), cell.activation().title(), analysis.title(cell.arm()))));
        classes.forEach(c -> row.add(CellView.number(Numbers.fixed(100 * mean(found, c), 1))));
        return row;
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_NAME - 1).strip() + "…";
    }

    private static double mean(List<List<Double>> perClass, int index) {
        return perClass.stream()
                .filter(p -> p.size() > index)
                .mapToDouble(p -> p.get(index))
                .average()
                .orElse(Double.NaN);
    }

    private static List<CellView> row(TrialOutcome trial) {
        Optional<TrialResult> result = trial.result();
        CellView outcome = CellView.text(CsvFiles.outcome(trial));
        return List.of(
                CellView.text(trial.planned().label()),
                CellView.number(String.valueOf(trial.spec().seed())),
                trial.failed() || trial.diverged() ? outcome.warn() : outcome,
                accuracy(result),
                CellView.number(
                        result.map(r -> Numbers.fixed(100 * r.test().top5(), 2)).orElse(Numbers.ABSENT)),
                loss(trial, Measure.TRAIN_LOSS),
                loss(trial, Measure.TRAIN_LOSS_TRAIN_MODE),
                loss(trial, Measure.AUC),
                CellView.number(trial.failed() ? Numbers.ABSENT : Numbers.duration(Cost.seconds(trial))),
                CellView.text(trial.planned().cached() ? "yes" : "no"),
                CellView.mono(trial.planned().id().prefix()),
                trial.workflow().map(CellView::mono).orElse(CellView.text(Numbers.ABSENT)));
    }

    private static CellView accuracy(Optional<TrialResult> result) {
        CellView running = CellView.number(
                result.map(r -> Numbers.fixed(100 * r.test().top1(), 2)).orElse(Numbers.ABSENT));
        return result.flatMap(TrialResult::testPrecise)
                .map(precise -> running.withNote("precise " + Numbers.fixed(100 * precise.top1(), 2)))
                .orElse(running);
    }

    private static CellView loss(TrialOutcome trial, Measure measure) {
        if (trial.diverged()) {
            return CellView.number("diverged");
        }
        double value = measure.of(trial).orElse(Double.NaN);
        return CellView.number(Numbers.fixed(value, 3));
    }

    private static String divergence(TrialOutcome trial) {
        int epochs = trial.result().map(r -> r.training().epochs()).orElse(0);
        return "loss not finite after %s; counted at chance accuracy".formatted(Numbers.count(epochs, "epoch"));
    }
}
