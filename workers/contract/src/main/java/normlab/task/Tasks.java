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
     * @param campaign its id, as JSON {@code run}; the resolved experiment lies at {@code runs/<id>/experiment.json}
     * @param failFast whether the first trial that fails ends the campaign
     */
    public record PlanInput(@JsonProperty("run") String campaign, boolean failFast) {
        public PlanInput {
            checkCampaign(campaign);
        }
    }

    /**
     * Asks for a part of a planned campaign: one of hundreds of trials runs them in groups.
     *
     * @param first of the group's trials, counted from 0 in {@link PlanOutput#trials()}
     * @param trials of the group, at most
     */
    public record PlanGroupInput(@JsonProperty("run") String campaign, boolean failFast, int first, int trials) {
        public PlanGroupInput {
            checkCampaign(campaign);
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
     * @param campaign id of the one that asked for the trial, as JSON {@code run}
     * @param trial as JSON {@code prefix}, its place in the store
     */
    public record TrialInput(
            @JsonProperty("run") String campaign,
            @JsonProperty("prefix") TrialId trial) {
        public TrialInput {
            checkCampaign(campaign);
        }
    }

    /** @param outcome {@code completed} or {@code diverged} */
    public record TrainOutput(String outcome, int epochs, String modelSha256, double seconds, boolean reused) {}

    /** @param top1 share of the test set classified rightly */
    public record EvaluateOutput(String outcome, double top1, double loss, double seconds) {}

    public record ReportInput(@JsonProperty("run") String campaign) {
        public ReportInput {
            checkCampaign(campaign);
        }
    }

    /** @param report key of the HTML report in the store */
    public record ReportOutput(String report, String mlflowRun, int trials, int diverged, int failed) {}

    private static void checkCampaign(String id) {
        check(id.matches("[a-z0-9][a-z0-9-]*"), "run is '%s', expected lower-case letters, digits and -", id);
    }
}
