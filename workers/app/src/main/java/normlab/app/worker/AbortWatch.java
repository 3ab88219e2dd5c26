package normlab.app.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import normlab.app.campaign.CampaignContents;
import normlab.app.tracking.CampaignTracking;
import normlab.campaign.Abort;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignStatus;
import normlab.platform.conductor.Campaign;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds campaigns that ended without a report, whoever ended them, and shows on the tracking server how they ended. If
 * such a campaign is resumed, it is shown as running again.
 */
public final class AbortWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AbortWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Supplier<List<Campaign>> campaigns;
    private final ArtifactStore store;
    private final CampaignTracking tracking;
    private final Map<String, CampaignStatus> settled = new HashMap<>();
    /** The problem of the last look; a server that is away for hours is reported once. */
    private String reported = "";

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("abort-watch").daemon().factory());

    /** @param campaigns the most recent ones, as the workflow engine has them */
    public AbortWatch(Supplier<List<Campaign>> campaigns, ArtifactStore store, CampaignTracking tracking) {
        this.campaigns = campaigns;
        this.store = store;
        this.tracking = tracking;
    }

    /** Looks every few seconds from now on. */
    public AbortWatch start() {
        clock.scheduleWithFixedDelay(this::look, 1, EVERY.toSeconds(), TimeUnit.SECONDS);
        return this;
    }

    /** One look. What fails is tried again at the next: a server may be away. */
    public void look() {
        try {
            for (Campaign campaign : campaigns.get()) {
                if (campaign.status() != settled.get(campaign.workflowId())) {
                    settleUnlessDamaged(campaign);
                    settled.put(campaign.workflowId(), campaign.status());
                }
            }
            reported = "";
        } catch (RuntimeException e) {
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(reported)) {
                LOG.warn("could not check all ended campaigns yet: {}", problem);
                reported = problem;
            }
        }
    }

    /** What is damaged stays so, and must not keep the others from being looked at. */
    private void settleUnlessDamaged(Campaign campaign) {
        try {
            settle(campaign);
        } catch (StoreException e) {
            if (e.damagedKey().isEmpty()) {
                throw e;
            }
            LOG.warn("{} is not shown as {}: {}", campaign.id(), campaign.status(), e.getMessage());
        }
    }

    private void settle(Campaign campaign) {
        CampaignArchive archive = new CampaignArchive(store, campaign.id());
        if (archive.plan().isEmpty()) {
            return;
        }
        switch (campaign.status()) {
            case CANCELLED -> abort(archive, campaign, CampaignStatus.CANCELLED);
            case FAILED -> abort(archive, campaign, CampaignStatus.FAILED);
            case RUNNING, PAUSED -> goOn(archive, campaign.id());
            case COMPLETED -> archive.deleteAbort();
        }
    }

    private void abort(CampaignArchive archive, Campaign campaign, CampaignStatus kind) {
        Optional<Abort> before = archive.abort();
        if (before.filter(Abort::shown).isPresent()) {
            return;
        }
        Abort abort = before.orElseGet(() -> new Abort(
                kind,
                campaign.endedAt().orElse(campaign.startedAt()),
                campaign.reason().orElse("no reason given"),
                false));
        archive.writeAbort(abort);
        tracking.aborted(CampaignContents.read(store, campaign.id()));
        archive.writeAbort(abort.asShown());
        LOG.info("{} is shown as {} on the tracking server", campaign.id(), kind);
    }

    private void goOn(CampaignArchive archive, String campaign) {
        if (archive.abort().isPresent()) {
            tracking.started(campaign);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
