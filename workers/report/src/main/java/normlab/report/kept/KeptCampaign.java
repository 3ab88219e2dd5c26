package normlab.report.kept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignRecord;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.provenance.Machine;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.Scores;
import normlab.trial.TrainingRecord;
import normlab.trial.TrialId;
import normlab.trial.TrialResult;

/**
 * A campaign of {@code workflows/results}, from its {@code experiment.json} and CSV files: what verdicts need, so that
 * later rules can judge it. Machine, stack and accuracy by class are not among the files.
 */
public final class KeptCampaign {
    /** All datasets of the results that have no accuracy by class. */
    private static final int CLASSES = 10;

    private static final Machine MACHINE = new Machine("", "", 1, 1, "", "");
    private static final TrainingStack STACK = new TrainingStack("", "", "", "", 1);

    private final Experiment experiment;
    private final Map<String, List<JournalRow>> journals;
    private final Map<String, KeptProbes> probes;
    private final List<Map<String, String>> trials;

    private KeptCampaign(Path folder) {
        this.experiment = experiment(folder);
        this.journals = rows(folder, "curves.csv").stream()
                .collect(Collectors.groupingBy(
                        r -> field(r, "label"), Collectors.mapping(KeptCampaign::journal, Collectors.toList())));
        this.probes =
                Files.exists(folder.resolve("probes.csv")) ? KeptProbes.byTrial(rows(folder, "probes.csv")) : Map.of();
        this.trials = rows(folder, "trials.csv");
    }

    /** @throws InvalidInputException if a trial of the experiment is not among the kept ones */
    public static CampaignResults read(Path folder, String id) {
        return new KeptCampaign(folder).results(id);
    }

    /** Keys that were added since have the value that was the only one then. */
    private static Experiment experiment(Path folder) {
        JsonNode tree = Json.parse(read(folder.resolve("experiment.json")), folder.toString());
        if (tree.get("recipe") instanceof ObjectNode recipe && !recipe.has("precision")) {
            recipe.put("precision", "float32");
        }
        return Json.read(Json.bytes(tree), Experiment.class, folder.toString());
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Rows of one of the CSV files of a kept result. */
    public static List<Map<String, String>> rows(Path folder, String name) {
        return CsvTable.rows(new String(read(folder.resolve(name)), StandardCharsets.UTF_8));
    }

    static String field(Map<String, String> row, String name) {
        return row.getOrDefault(name, "");
    }

    static double number(Map<String, String> row, String name) {
        String text = field(row, name);
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    private CampaignResults results(String id) {
        Map<String, ArmTrial> planned = new TreeMap<>();
        experiment.trials().forEach(t -> planned.put(t.label(), t));
        List<TrialOutcome> outcomes = new ArrayList<>();
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (Map<String, String> row : trials) {
            ArmTrial trial = Optional.ofNullable(planned.get(field(row, "label")))
                    .orElseThrow(() -> new InvalidInputException(
                            id,
                            "has the trial '%s', which its experiment does not plan".formatted(field(row, "label"))));
            outcomes.add(outcome(trial, row));
        }
        for (List<JournalRow> journal : journals.values()) {
            for (JournalRow row : journal) {
                first = row.at().isBefore(first) ? row.at() : first;
                last = row.at().isAfter(last) ? row.at() : last;
            }
        }
        CampaignRecord record = new CampaignRecord(id, experiment.name(), first, "kept", Optional.empty());
        return new CampaignResults(record, experiment, outcomes, first, last, 1, Optional.empty(), List.of());
    }

    private TrialOutcome outcome(ArmTrial trial, Map<String, String> row) {
        String label = field(row, "label");
        String prefix = field(row, "store_prefix");
        TrialId id = TrialId.shared(prefix.substring(prefix.lastIndexOf('/') + 1));
        List<JournalRow> journal = journals.getOrDefault(label, List.of());
        boolean failed = field(row, "outcome").equals("failed");
        return new TrialOutcome(
                new CampaignPlan.PlannedTrial(id, trial.arm(), label, false),
                trial.spec(),
                failed ? Optional.empty() : Optional.of(result(trial, row, journal)),
                journal,
                Optional.ofNullable(probes.get(label)).map(KeptProbes::rows).orElse(List.of()),
                Optional.of(field(row, "failure")).filter(f -> !f.isEmpty()));
    }

    private static TrialResult result(ArmTrial trial, Map<String, String> row, List<JournalRow> journal) {
        double top1 = number(row, "test_top1");
        Instant at = journal.isEmpty() ? Instant.EPOCH : journal.getLast().at();
        boolean diverged = field(row, "outcome").equals("diverged");
        return new TrialResult(
                new TrialIdentity(trial.spec(), "", STACK),
                new TrainingRecord(
                        diverged ? Outcome.DIVERGED : Outcome.COMPLETED,
                        (int) number(row, "epochs"),
                        field(row, "model_sha256"),
                        (long) number(row, "parameters"),
                        0,
                        at,
                        at,
                        number(row, "train_seconds"),
                        MACHINE),
                new Scores(
                        number(row, "test_loss"),
                        top1,
                        number(row, "test_top5"),
                        Collections.nCopies(CLASSES, top1),
                        List.of()),
                number(row, "train_loss_eval_mode"),
                number(row, "train_loss_train_mode"),
                at,
                number(row, "evaluation_seconds"));
    }

    private static JournalRow journal(Map<String, String> row) {
        return new JournalRow(
                (int) number(row, "epoch"),
                (long) number(row, "step"),
                Instant.parse(field(row, "at")),
                number(row, "learning_rate"),
                number(row, "train_loss"),
                number(row, "train_accuracy"),
                number(row, "validation_loss"),
                number(row, "validation_accuracy"),
                number(row, "seconds"),
                number(row, "images_per_second"));
    }
}
