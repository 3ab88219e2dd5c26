package normlab.app.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.experiment.Experiment;
import normlab.port.ArtifactStore;
import normlab.port.RunTracker;
import normlab.port.TrackedRun;
import normlab.trial.RunPlan;
import normlab.trial.RunRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tracking server abreast of a campaign. While it runs, a server that is away costs nothing but freshness; at
 * the end {@link #reconcile} insists.
 */
public final class CampaignTracking {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignTracking.class);

    private final ArtifactStore store;
    private final RunTracker tracker;

    public CampaignTracking(ArtifactStore store, RunTracker tracker) {
        this.store = store;
        this.tracker = tracker;
    }

    /** Shows the campaign as running, if the server can be reached. */
    public void started(RunRecord record, Experiment experiment, RunPlan plan) {
        tolerant(List.of(Projection.campaign(record, experiment, plan, Optional.empty(), List.of())));
    }

    /** Shows how far a trial is, from what lies in the store, if the server can be reached. */
    public void progressed(String run, String prefix) {
        CampaignContents contents =
                CampaignContents.read(store, run, t -> t.prefix().equals(prefix));
        tolerant(contents.trials().stream()
                .map(t -> Projection.trial(contents, t))
                .toList());
    }

    /** Pages a person can open: the campaign's, and its trials' by store prefix. */
    public record Pages(String campaign, Map<String, String> trials) {}

    /**
     * Brings every trial that has a journal up to date.
     *
     * @throws RunTracker.TrackerException if the server cannot be brought up to date
     */
    public Pages reconcile(CampaignContents contents) {
        List<Trial> shown =
                contents.trials().stream().filter(t -> !t.journal().isEmpty()).toList();
        List<TrackedRun> runs = new ArrayList<>();
        runs.add(Projection.campaign(
                contents.record(), contents.experiment(), contents.plan(), Optional.empty(), List.of()));
        shown.forEach(t -> runs.add(Projection.trial(contents, t)));
        List<String> pages = tracker.project(runs);
        Map<String, String> trials = new TreeMap<>();
        for (int i = 0; i < shown.size(); i++) {
            trials.put(shown.get(i).planned().prefix(), pages.get(i + 1));
        }
        return new Pages(pages.getFirst(), trials);
    }

    /** Shows the campaign as finished, with its report. @return its page */
    public String finished(CampaignContents contents, Projection.Finding finding, List<TrackedRun.Attachment> files) {
        return tracker.project(List.of(Projection.campaign(
                        contents.record(), contents.experiment(), contents.plan(), Optional.of(finding), files)))
                .getFirst();
    }

    private void tolerant(List<TrackedRun> runs) {
        try {
            tracker.project(runs);
        } catch (RunTracker.TrackerException e) {
            LOG.warn("the tracking server is behind; the end of the campaign will mend it: {}", e.getMessage());
        }
    }
}
