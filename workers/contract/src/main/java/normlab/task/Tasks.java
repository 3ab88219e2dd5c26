package normlab.task;

import static normlab.json.Checks.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import normlab.experiment.DatasetSpec;
import normlab.trial.TrialId;

/** The inputs and outputs of the workflows' tasks. Bulk data lies in the store; these are names, hashes and counts. */
public final class Tasks {
    private Tasks() {}

    /**
     * @param run id of the campaign; its resolved experiment lies at {@code runs/<run>/experiment.json}
     * @param failFast whether the first trial that fails ends the campaign
     */
    public record PlanInput(String run, boolean failFast) {
        public PlanInput {
            checkRun(run);
        }
    }

    /**
     * Asks for a part of a planned campaign: a campaign of hundreds of trials runs them in groups.
     *
     * @param first of the group's trials, counted from 0 in {@link PlanOutput#trials()}
     * @param trials of the group, at most
     */
    public record PlanGroupInput(String run, boolean failFast, int first, int trials) {
        public PlanGroupInput {
            checkRun(run);
            check(first >= 0, "first is %d, expected 0 or more", first);
            check(trials > 0, "trials is %d, expected 1 or more", trials);
        }
    }

    /**
     * @param datasets to prepare, each once
     * @param trials to train: those of the experiment that are not complete in the store
     * @param cached how many are complete already
     */
    public record PlanOutput(List<PrepareDatasetInput> datasets, List<TrialInput> trials, int cached) {
        public PlanOutput {
            datasets = List.copyOf(datasets);
            trials = List.copyOf(trials);
        }
    }

    /** @param fingerprint that the plan expects: manifest and split in one hash */
    public record PrepareDatasetInput(DatasetSpec dataset, String fingerprint) {}

    /** @param reused whether the prepared samples were in the store already */
    public record PrepareDatasetOutput(String prefix, boolean reused, int train, int validation, int test) {}

    /**
     * Input of the workflow {@code trial} and of its tasks {@code train} and {@code evaluate}.
     *
     * @param run id of the campaign that asked for the trial
     * @param trial as JSON {@code prefix}, its place in the store
     */
    public record TrialInput(
            String run, @JsonProperty("prefix") TrialId trial) {
        public TrialInput {
            checkRun(run);
        }
    }

    /** @param outcome {@code completed} or {@code diverged} */
    public record TrainOutput(String outcome, int epochs, String modelSha256, double seconds, boolean reused) {}

    /** @param top1 share of the test set classified rightly */
    public record EvaluateOutput(String outcome, double top1, double loss, double seconds) {}

    public record ReportInput(String run) {
        public ReportInput {
            checkRun(run);
        }
    }

    /** @param report key of the HTML report in the store */
    public record ReportOutput(String report, String mlflowRun, int trials, int diverged, int failed) {}

    private static void checkRun(String run) {
        check(run.matches("[a-z0-9][a-z0-9-]*"), "run is '%s', expected lower-case letters, digits and -", run);
    }
}
