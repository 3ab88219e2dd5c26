package normlab.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.campaign.StoredCampaign;
import normlab.app.config.Git;
import normlab.app.config.Home;
import normlab.app.evidence.EvidenceCheck.Outcome;
import normlab.app.evidence.EvidenceVerification.Verdict;
import normlab.app.tracking.CampaignTracking;
import normlab.app.worker.ReportCampaign;
import normlab.report.claim.ClaimSet;
import normlab.task.Tasks.ReportInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.InMemoryRunTracker;
import normlab.testkit.SilentContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A campaign that ended with a trial that failed in training. */
class UnfinishedCampaignTest {
    private static final Git HISTORY = new Git(Home.current().root());
    private static final ClaimSet CLAIMS = ClaimFile.read(Home.current());

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final StoredCampaign campaign = new StoredCampaign(store);

    @BeforeEach
    void endWithAFailedTrial() throws Exception {
        for (int trial = 1; trial < campaign.size(); trial++) {
            campaign.complete(trial);
        }
        campaign.train(0, 1);
        new ReportCampaign(
                        store,
                        CLAIMS,
                        new CampaignTracking(store, new InMemoryRunTracker()),
                        campaign.failures(Map.of(campaign.id(0), "disk full")),
                        2,
                        Clock.fixed(StoredCampaign.at(100), ZoneOffset.UTC))
                .run(new ReportInput(StoredCampaign.RUN), new SilentContext());
    }

    @Test
    void itsBundleVerifies() {
        assertThat(verify(export()).checks())
                .filteredOn(c -> c.subject().equals("statistics and claims"))
                .extracting(EvidenceCheck::outcome)
                .containsExactly(Outcome.RIGHT);
        assertThat(verify(export()).checks()).noneMatch(c -> c.outcome() == Outcome.WRONG);
    }

    @Test
    void whatItFoundStaysWhenTheTrialIsTrainedLater() {
        Map<String, byte[]> report = report();
        SortedMap<String, byte[]> bundle =
                BundleArchive.read(export(), "bundle").files();
        campaign.complete(0);
        assertThat(report()).containsExactlyInAnyOrderEntriesOf(report);
        assertThat(BundleArchive.read(export(), "bundle").files()).containsExactlyInAnyOrderEntriesOf(bundle);
        assertThat(verify(export()).checks()).noneMatch(c -> c.outcome() == Outcome.WRONG);
    }

    private Map<String, byte[]> report() {
        return new CampaignReport(store, CLAIMS)
                .again(CampaignContents.read(store, StoredCampaign.RUN))
                .files();
    }

    private byte[] export() {
        return new EvidenceExport(store, false)
                .of(StoredCampaign.RUN, CLAIMS, Optional.empty(), "4f2a91c", Instant.EPOCH)
                .archive();
    }

    private static Verdict verify(byte[] archive) {
        return new EvidenceVerification(archive, "bundle", HISTORY).verify(Optional.empty(), "4f2a91c");
    }
}
