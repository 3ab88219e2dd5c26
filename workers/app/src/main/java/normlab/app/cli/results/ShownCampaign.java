package normlab.app.cli.results;

import java.util.Optional;
import normlab.app.campaign.CampaignContents;
import normlab.app.cli.Session;
import normlab.app.config.Home;
import normlab.app.config.Target;
import normlab.app.progress.Progress;
import normlab.app.tracking.CampaignTracking;
import normlab.platform.conductor.ConductorUnavailableException;
import normlab.platform.process.Reminder;
import normlab.platform.stack.Stack;
import normlab.platform.stack.StackState;
import normlab.port.RunTracker;
import normlab.port.StoreException;
import normlab.report.Report;

/** Brings what MLflow shows of an ended campaign up to date, and makes it again if somebody deleted it. */
final class ShownCampaign {
    private ShownCampaign() {}

    /** The report does not depend on it: what prevents it is said, with what to do. */
    static void show(Home home, Progress progress, CampaignContents contents, Report report)
            throws InterruptedException {
        boolean runs = Target.cluster().isPresent()
                || new Stack(home.stack())
                        .state()
                        .filter(state -> state.phase() == StackState.Phase.RUNNING)
                        .isPresent();
        if (!runs) {
            progress.say(
                    "MLflow is not brought up to date, since the stack does not run: ./normlab up, then report again");
            return;
        }
        try (Session session = Session.running(home, progress)) {
            String id = contents.record().id();
            if (hasEnded(session, id)) {
                bringUpToDate(session, progress, contents, report);
            } else {
                progress.say("%s runs: MLflow shows the report when the campaign ends".formatted(id));
            }
        } catch (RunTracker.TrackerException | ConductorUnavailableException | StoreException e) {
            progress.say(
                    "MLflow is not brought up to date: %s; report again when it answers".formatted(e.getMessage()));
        }
    }

    private static void bringUpToDate(Session session, Progress progress, CampaignContents contents, Report report) {
        Reminder reminder = new Reminder(progress::say, "still bringing MLflow up to date");
        try {
            new CampaignTracking(
                            session.connections().store(), session.connections().tracker())
                    .ended(contents.asEnded(), report);
        } finally {
            reminder.withdraw();
        }
    }

    private static boolean hasEnded(Session session, String campaign) {
        Optional<String> workflow = session.engine().workflowOf(campaign);
        return workflow.map(
                        id -> session.engine().outline(id).campaign().status().ended())
                .orElse(true);
    }
}
