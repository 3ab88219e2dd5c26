package normlab.app.tracking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.app.campaign.TrackedPages;
import normlab.campaign.CampaignArchive;
import normlab.port.ArtifactStore;
import normlab.port.RunTracker;
import normlab.port.TrackedRun;
import normlab.report.Report;
import normlab.trial.TrialId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a campaign on the tracking server. While it runs, a server that is down only makes the curves late; at the end,
 * {@link #ended} fails unless everything is shown.
 *
 * <p>Several processes show the same trial. Each reads the store again after it has sent something, and sends again if the
 * trial has ended in the meantime. So the last message always shows the end.
 */
public final class CampaignTracking {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignTracking.class);

    private final ArtifactStore store;
    private final RunTracker tracker;
    private final CampaignProjection campaigns;
    private final TrialProjection trials;

    public CampaignTracking(ArtifactStore store, RunTracker tracker) {
        this.store = store;
        this.tracker = tracker;
        this.campaigns = new CampaignProjection(store);
        this.trials = new TrialProjection(store);
    }

    /** A planned campaign runs, whatever became of it before: shows it so, if the server can be reached. */
    public void started(String campaign) {
        new CampaignArchive(store, campaign).deleteAbort();
        tolerant(() -> {
            CampaignContents contents = CampaignContents.read(store, campaign, trial -> false);
            tracker.present(CampaignProjection.experiment(contents.experiment()));
            tracker.project(List.of(campaigns.run(contents, Optional.empty())));
        });
    }

    /**
     * Shows how far trials are, from what lies in the store, if the server can be reached.
     */
    public void progressed(String campaign, Collection<TrialId> trials) {
        Set<TrialId> wanted = Set.copyOf(trials);
        tolerant(() -> {
            CampaignContents now = CampaignContents.read(store, campaign, t -> wanted.contains(t.id()));
            List<RunProgress> shown;
            do {
                shown = progress(now);
                tracker.project(runs(now));
                now = CampaignContents.read(store, campaign, t -> wanted.contains(t.id()));
            } while (!progress(now).equals(shown));
        });
    }

    private static List<RunProgress> progress(CampaignContents contents) {
        return contents.trials().stream().map(t -> RunProgress.of(contents, t)).toList();
    }

    /**
     * Shows a campaign, with all its trials, that ended without a report.
     *
     * @throws RunTracker.TrackerException if the server cannot be brought up to date
     */
    public void aborted(CampaignContents contents) {
        List<TrackedRun> runs = new ArrayList<>();
        runs.add(campaigns.run(contents, Optional.empty()));
        runs.addAll(runs(contents));
        tracker.project(runs);
    }

    /**
     * Shows the experiment: one question, by which a server that is away is found before anything is prepared for it.
     *
     * @throws RunTracker.TrackerException if the server cannot be brought up to date
     */
    public void present(CampaignContents contents) {
        tracker.present(CampaignProjection.experiment(contents.experiment()));
    }

    /**
     * Shows a campaign that has ended, with its report, and all trials that have something to show; keeps the addresses
     * of their pages in the store.
     *
     * @param contents with their ending
     * @throws RunTracker.TrackerException if the server cannot be brought up to date
     */
    public TrackedPages ended(CampaignContents contents, Report report) {
        List<TrackedRun> runs = new ArrayList<>();
        runs.add(campaigns.run(contents, Optional.of(report)));
        runs.addAll(runs(contents));
        List<String> addresses = tracker.project(runs);
        List<Trial> shown = shown(contents);
        Map<TrialId, String> byTrial = new TreeMap<>();
        for (int i = 0; i < shown.size(); i++) {
            byTrial.put(shown.get(i).planned().id(), addresses.get(i + 1));
        }
        TrackedPages pages = new TrackedPages(addresses.getFirst(), byTrial);
        pages.write(store, contents);
        return pages;
    }

    private List<TrackedRun> runs(CampaignContents contents) {
        return shown(contents).stream().map(t -> trials.run(contents, t)).toList();
    }

    private static List<Trial> shown(CampaignContents contents) {
        return contents.trials().stream()
                .filter(t -> TrialProjection.isShown(contents, t))
                .toList();
    }

    private static void tolerant(Runnable showing) {
        try {
            showing.run();
        } catch (RunTracker.TrackerException e) {
            LOG.warn("the tracking server is out of date until the campaign ends: {}", e.getMessage());
        }
    }
}
