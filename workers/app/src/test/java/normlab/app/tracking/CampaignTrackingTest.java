package normlab.app.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.campaign.StoredCampaign;
import normlab.app.campaign.TrackedPages;
import normlab.app.config.Home;
import normlab.app.worker.AbortWatch;
import normlab.app.worker.DamagedStore;
import normlab.app.worker.ReportCampaign;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignStatus;
import normlab.platform.conductor.Campaign;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.MetricPoint;
import normlab.port.TrackedRun.Status;
import normlab.report.figure.Figures;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.ReportInput;
import normlab.testkit.SilentContext;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;

class CampaignTrackingTest {
    private static final String RUN = StoredCampaign.RUN;

    private final DamagedStore store = new DamagedStore();
    private final StoredCampaign campaign = new StoredCampaign(store);
    private final UnreliableTracker server = new UnreliableTracker();
    private final CampaignTracking tracking = new CampaignTracking(store, server);
    private final List<Campaign> workflows = new ArrayList<>();
    private final AbortWatch watch = new AbortWatch(() -> workflows, store, tracking);

    @Test
    void aTrialThatEndsWhileAnEarlierStateIsOnItsWayIsShownAsEnded() {
        tracking.started(RUN);
        campaign.train(0, 5);
        server.meanwhile(() -> campaign.complete(0));
        tracking.progressed(RUN, List.of(campaign.id(0)));
        assertThat(server.run("sigmoid-bn-s1").status()).isEqualTo(Status.FINISHED);
    }

    @Test
    void aCancelledCampaignIsShownKilledWithWhatWasInTraining() {
        tracking.started(RUN);
        campaign.complete(0);
        campaign.train(1, 3);
        tracking.progressed(RUN, List.of(campaign.id(0), campaign.id(1)));
        workflowIs(CampaignStatus.CANCELLED);
        watch.look();
        assertThat(server.run(RUN).status()).isEqualTo(Status.KILLED);
        assertThat(server.run("sigmoid-cbn-s1").status()).isEqualTo(Status.KILLED);
        assertThat(server.run("sigmoid-cbn-s1").tags()).containsEntry("normlab.reason", "by hand");
        assertThat(server.run("sigmoid-bn-s1").status()).isEqualTo(Status.FINISHED);
        assertThat(server.runs()).as("trials that never began are not shown").hasSize(3);
    }

    @Test
    void aCampaignWhosePlanIsDamagedDoesNotKeepTheOthersFromBeingShown() {
        tracking.started(RUN);
        workflowIs(CampaignStatus.CANCELLED);
        store.put("runs/lost/plan.json", new byte[1]);
        store.damage("runs/lost/plan.json");
        workflows.addFirst(new Campaign(
                "lost",
                "workflow-0",
                CampaignStatus.FAILED,
                StoredCampaign.START,
                Optional.of(StoredCampaign.at(50)),
                Optional.empty()));
        watch.look();
        assertThat(server.run(RUN).status()).isEqualTo(Status.KILLED);
    }

    @Test
    void aSlotThatIsLateToNoticeDoesNotShowACancelledTrialAsRunning() {
        tracking.started(RUN);
        campaign.train(1, 3);
        workflowIs(CampaignStatus.CANCELLED);
        server.meanwhile(watch::look);
        tracking.progressed(RUN, List.of(campaign.id(1)));
        assertThat(server.run("sigmoid-cbn-s1").status()).isEqualTo(Status.KILLED);
    }

    @Test
    void aFailedCampaignIsMarkedOnceTheServerIsBack() {
        tracking.started(RUN);
        workflowIs(CampaignStatus.FAILED);
        server.away(true);
        watch.look();
        assertThat(server.run(RUN).status()).isEqualTo(Status.RUNNING);
        server.away(false);
        watch.look();
        assertThat(server.run(RUN).status()).isEqualTo(Status.FAILED);
        assertThat(new CampaignArchive(store, RUN).abort().orElseThrow().shown())
                .isTrue();
    }

    @Test
    void aCampaignThatGoesOnRunsAgain() {
        campaign.train(1, 3);
        workflowIs(CampaignStatus.CANCELLED);
        watch.look();
        workflowIs(CampaignStatus.RUNNING);
        watch.look();
        tracking.progressed(RUN, List.of(campaign.id(1)));
        assertThat(server.run(RUN).status()).isEqualTo(Status.RUNNING);
        assertThat(server.run("sigmoid-cbn-s1").status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void aCancelledCampaignThatWasResumedAndEndsAtOnceIsShownFinished() throws Exception {
        campaign.completeAll();
        workflowIs(CampaignStatus.CANCELLED);
        watch.look();
        report(Map.of()).run(new ReportInput(RUN), new SilentContext());
        assertThat(server.run(RUN).status()).isEqualTo(Status.FINISHED);
    }

    @Test
    void theReportIsWrittenOnceAndTheCampaignShownOnce() throws Exception {
        campaign.completeAll();
        report(Map.of()).run(new ReportInput(RUN), new SilentContext());
        assertThat(server.sent(RUN)).isEqualTo(1);
        CampaignArchive archive = new CampaignArchive(store, RUN);
        assertThat(store.written())
                .contains(archive.key("report/report.html"), archive.key("ending.json"))
                .filteredOn(key -> key.startsWith(archive.key("")))
                .doesNotHaveDuplicates();
    }

    @Test
    void aCampaignWhoseRunsWereDeletedIsMadeAgainFromTheStore() throws Exception {
        campaign.completeAll();
        report(Map.of()).run(new ReportInput(RUN), new SilentContext());
        UnreliableTracker emptied = new UnreliableTracker();
        CampaignContents contents = CampaignContents.read(store, RUN).asEnded();

        new CampaignTracking(store, emptied)
                .ended(contents, new CampaignReport(store, ClaimFile.read(Home.current())).again(contents));

        assertThat(emptied.runs()).hasSize(1 + campaign.size());
        assertThat(emptied.run(RUN))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*content")
                .isEqualTo(server.run(RUN));
    }

    @Test
    void aReportWrittenDuringAnOutageIsNotWrittenAgainAfterIt() throws Exception {
        campaign.completeAll();
        server.away(true);
        ReportCampaign report = report(Map.of());
        assertThatThrownBy(() -> report.run(new ReportInput(RUN), new SilentContext()))
                .isInstanceOf(TaskInProgress.class);
        server.away(false);
        report.run(new ReportInput(RUN), new SilentContext());
        assertThat(store.written())
                .filteredOn(new CampaignArchive(store, RUN).key("report/report.html")::equals)
                .hasSize(1);
        assertThat(server.sent(RUN)).isEqualTo(1);
    }

    @Test
    void thePagesOnTheServerAreKeptBesideTheReport() throws Exception {
        campaign.completeAll();
        report(Map.of()).run(new ReportInput(RUN), new SilentContext());
        TrackedPages pages = TrackedPages.of(store, RUN).orElseThrow();
        assertThat(pages.campaign()).isEqualTo("memory:/smoke/" + RUN);
        assertThat(pages.trials()).hasSize(campaign.size());
        String page = new String(
                store.require(new CampaignArchive(store, RUN).key(TrackedPages.PAGE)), StandardCharsets.UTF_8);
        assertThat(page)
                .contains("sigmoid-bn-s1")
                .as("what is not a web address is not a link")
                .doesNotContain("memory:/");
        new TrackedPages("http://127.0.0.1:15000/#/experiments/1/runs/2?a&b", Map.of())
                .write(store, CampaignContents.read(store, RUN));
        assertThat(store.require(new CampaignArchive(store, RUN).key(TrackedPages.PAGE)))
                .asString()
                .contains("<a href=\"http://127.0.0.1:15000/#/experiments/1/runs/2?a&amp;b\">The campaign</a>");
    }

    @Test
    void aReportIsThereWhileTheServerIsAwayAndTheCampaignEndsWhenItIsBack() throws Exception {
        campaign.completeAll();
        server.away(true);
        ReportCampaign report = report(Map.of());
        assertThatThrownBy(() -> report.run(new ReportInput(RUN), new SilentContext()))
                .isInstanceOf(TaskInProgress.class)
                .hasMessageContaining("connection refused")
                .satisfies(e -> assertThat(((TaskInProgress) e).callbackAfter()).isPositive());
        assertThat(store.exists(new CampaignArchive(store, RUN).key("report/report.html")))
                .isTrue();
        server.away(false);
        assertThat(report.run(new ReportInput(RUN), new SilentContext()).failed())
                .isZero();
        assertThat(server.run(RUN).status()).isEqualTo(Status.FINISHED);
    }

    @Test
    void aServerThatRefusesForGoodIsNotWaitedFor() {
        campaign.completeAll();
        server.refusing(true);
        assertThatThrownBy(() -> report(Map.of()).run(new ReportInput(RUN), new SilentContext()))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("param seed has another value")
                .satisfies(e -> assertThat(((TaskFailure) e).isPermanent()).isTrue());
        assertThat(store.exists(new CampaignArchive(store, RUN).key("report/report.html")))
                .isTrue();
    }

    @Test
    void theParentShowsMeanAndSpreadOverSeedsAndPairedDifferences() throws Exception {
        campaign.completeAll();
        report(Map.of()).run(new ReportInput(RUN), new SilentContext());
        assertThat(server.run(RUN).metrics())
                .extracting(MetricPoint::key)
                .contains(
                        "trials/test_accuracy_mean/sigmoid-bn",
                        "trials/test_accuracy_sd/sigmoid-bn",
                        "trials/test_accuracy_seeds/sigmoid-cbn",
                        "trials/difference/cbn-minus-bn_points/sigmoid");
        assertThat(server.run(RUN).metrics())
                .filteredOn(p -> p.key().equals("trials/test_accuracy_mean/sigmoid-bn"))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.value()).isEqualTo(0.51);
                    assertThat(p.step()).as("a step where a bar is drawn").isZero();
                });
    }

    @Test
    void aCancelledCampaignShowsTheMeanCurvesOfTheCellsThatAreComplete() {
        tracking.started(RUN);
        campaign.complete(0);
        campaign.complete(1);
        campaign.complete(2);
        workflowIs(CampaignStatus.CANCELLED);
        watch.look();
        assertThat(server.run(RUN).metrics())
                .extracting(MetricPoint::key)
                .contains(
                        "trials/by_epoch/validation_accuracy_mean/sigmoid-bn",
                        "trials/by_epoch/train_loss_sd/sigmoid-bn")
                .noneMatch(key -> key.endsWith("sigmoid-cbn"));
    }

    @Test
    void theFindingEndsWithTheFigureOfAllSeedsWhereItCouldBeDrawn() throws Exception {
        campaign.completeAll();
        report(Map.of()).run(new ReportInput(RUN), new SilentContext());
        String figure = "report/figures/accuracy-dots.png";
        boolean drawn =
                server.run(RUN).attachments().stream().anyMatch(f -> f.path().equals(figure));
        assertThat(drawn).isEqualTo(Figures.problem().isEmpty());
        assertThat(server.run(RUN).description().endsWith("(artifact:" + figure + ")"))
                .isEqualTo(drawn);
    }

    @Test
    void aTrialsResultIsOnePointAtStepZeroSoThatTheServerDrawsABar() {
        tracking.started(RUN);
        campaign.complete(0);
        tracking.progressed(RUN, List.of(campaign.id(0)));
        assertThat(server.run("sigmoid-bn-s1").metrics())
                .filteredOn(p -> p.key().startsWith("test/"))
                .extracting(MetricPoint::step)
                .containsExactly(0L, 0L, 0L);
    }

    @Test
    void aTrialWithoutAResultIsShownFailedWithItsReasonAndTheCampaignToo() throws Exception {
        campaign.complete(0);
        campaign.train(1, 2);
        report(Map.of(campaign.id(1), "disk full", campaign.id(2), "no data"))
                .run(new ReportInput(RUN), new SilentContext());
        assertThat(server.run(RUN).status()).isEqualTo(Status.FAILED);
        assertThat(server.run("sigmoid-cbn-s1").status()).isEqualTo(Status.FAILED);
        assertThat(server.run("sigmoid-cbn-s1").description()).contains("disk full");
        assertThat(server.run("sigmoid-bn-s2").tags()).containsEntry("normlab.reason", "no data");
    }

    @Test
    void runsSayWhoStartedThemAndWhichCodeMadeThem() {
        campaign.train(0, 1);
        tracking.started(RUN);
        tracking.progressed(RUN, List.of(campaign.id(0)));
        for (TrackedRun campaign : List.of(server.run(RUN), server.run("sigmoid-bn-s1"))) {
            assertThat(campaign.tags())
                    .containsEntry("mlflow.user", "ada")
                    .containsEntry("mlflow.source.name", "./normlab run smoke --seeds 2")
                    .containsEntry("mlflow.source.type", "JOB")
                    .containsEntry("mlflow.source.git.commit", "0123456789ab")
                    .containsEntry("normlab.dirty", "true");
        }
    }

    private ReportCampaign report(Map<TrialId, String> failures) {
        return new ReportCampaign(
                store,
                ClaimFile.read(Home.current()),
                tracking,
                campaign.failures(failures),
                2,
                Clock.fixed(StoredCampaign.at(100), ZoneOffset.UTC));
    }

    private void workflowIs(CampaignStatus status) {
        workflows.clear();
        workflows.add(new Campaign(
                RUN,
                "workflow-1",
                status,
                StoredCampaign.START,
                status.ended() ? Optional.of(StoredCampaign.at(50)) : Optional.empty(),
                status.ended() ? Optional.of("by hand") : Optional.empty()));
    }
}
