package normlab.app.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.config.CodeVersion;
import normlab.app.config.Home;
import normlab.app.config.Target;
import normlab.app.progress.Follower;
import normlab.app.progress.Progress;
import normlab.app.registration.RegistrationCheck;
import normlab.app.registration.Registrations;
import normlab.app.registration.Registrations.Registered;
import normlab.app.registration.Rules;
import normlab.app.trace.RerunComparison;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignId;
import normlab.campaign.CampaignRecord;
import normlab.campaign.CampaignStatus;
import normlab.experiment.Experiment;
import normlab.platform.conductor.CampaignState;
import normlab.port.ArtifactStore;
import normlab.report.analysis.Precision;
import normlab.report.text.TerminalTable;

/** Starts a campaign, follows it to its end and fetches its report. */
public final class CampaignRun {
    private final Session session;
    private final Progress progress;
    private final Output output;

    public CampaignRun(Session session, Progress progress, Output output) {
        this.session = session;
        this.progress = progress;
        this.output = output;
    }

    /**
     * @param options with which the experiment was chosen
     * @param fresh whether to train what the store has, too
     * @param failFast whether the first trial that fails ends the campaign
     * @return the exit code
     */
    public int start(Experiment experiment, Optional<String> options, boolean fresh, boolean failFast)
            throws InterruptedException {
        return start(experiment, options, Optional.empty(), fresh, failFast);
    }

    /**
     * Trains the trials of another campaign afresh.
     *
     * @return the exit code
     */
    public int again(Experiment experiment, String original) throws InterruptedException {
        return start(experiment, Optional.empty(), Optional.of(original), true, false);
    }

    private int start(
            Experiment experiment, Optional<String> options, Optional<String> rerunOf, boolean fresh, boolean failFast)
            throws InterruptedException {
        Home home = session.home();
        Instant now = Instant.now();
        String run = CampaignId.create(experiment.name(), now).text();
        String code = CodeVersion.of(home.root());
        Registrations registrations = new Registrations(home.root());
        Optional<Registered> registered = registrations.current(experiment.name());
        CampaignRecord record = new CampaignRecord(
                run,
                experiment.name(),
                now,
                code,
                rerunOf,
                fresh ? Optional.of(true) : Optional.empty(),
                options,
                user(),
                registered.filter(r -> registrations.contains(code, r)).map(Registered::sha256));
        ArtifactStore store = session.connections().store();
        CampaignArchive archive = new CampaignArchive(store, run);
        registered.ifPresent(r -> archive.writeRegistration(r.file()));
        archive.open(record, experiment);
        String workflow = session.engine().start(run, failFast);
        progress.say("Campaign " + run + " (workflow " + workflow + ")");
        registered
                .map(r ->
                        new RegistrationCheck(store, Rules.of(ClaimFile.read(home))).beforehand(r, record, experiment))
                .ifPresent(status -> progress.say(status.sentence()));
        return fresh ? follow(record, experiment, workflow) : toTheRule(record, experiment, workflow, failFast);
    }

    /** Java says {@code ?} where the machine has no name for the account, as in some containers. */
    private static Optional<String> user() {
        return Optional.ofNullable(System.getProperty("user.name")).filter(name -> !name.equals("?"));
    }

    /**
     * Plans an ended campaign again and lets a paused one continue; one that runs, or has nothing left to do, is only
     * followed.
     *
     * @return the exit code
     */
    public int resume(CampaignRecord record, Experiment experiment) throws InterruptedException {
        String run = record.id();
        String workflow = session.engine().start(run);
        CampaignState state = session.engine().state(workflow);
        CampaignSummary found =
                CampaignSummary.of(state, record, session.connections().store(), session.home());
        boolean whole =
                found.state() == CampaignStatus.COMPLETED && found.trials().failed() == 0;
        if (!state.campaign().status().ended()) {
            session.engine().resume(workflow);
        } else if (!whole) {
            session.engine().restart(workflow);
            progress.say("Campaign " + run + " goes on");
        }
        return record.trainsAfresh()
                ? follow(record, experiment, workflow)
                : toTheRule(record, experiment, workflow, false);
    }

    /**
     * Follows the campaign, and then those with further seeds that the experiment's stopping rule asks for. Not for one that
     * trains afresh, whose next campaign would take its trials from the cache.
     */
    private int toTheRule(CampaignRecord record, Experiment experiment, String workflow, boolean failFast)
            throws InterruptedException {
        CampaignSummary summary = toTheEnd(record, experiment, workflow);
        Optional<Experiment> next = next(summary, experiment);
        if (next.isPresent()) {
            progress.say("The stopping rule asks for %d seeds instead of %d; trained trials are kept"
                    .formatted(
                            next.get().sharedSeeds().size(),
                            experiment.sharedSeeds().size()));
            return start(next.get(), record.options(), false, failFast);
        }
        tell(summary);
        return ExitCode.of(summary);
    }

    private Optional<Experiment> next(CampaignSummary summary, Experiment experiment) {
        boolean whole =
                summary.state() == CampaignStatus.COMPLETED && summary.trials().failed() == 0;
        if (experiment.stoppingRule().isEmpty() || !whole) {
            return Optional.empty();
        }
        ArtifactStore store = session.connections().store();
        OptionalInt seeds = new CampaignReport(store, ClaimFile.read(session.home()))
                .findings(CampaignContents.read(store, summary.run()))
                .precision()
                .map(Precision::next)
                .orElse(OptionalInt.empty());
        return seeds.isPresent() ? Optional.of(experiment.withSharedSeeds(seeds.getAsInt())) : Optional.empty();
    }

    /** Follows the campaign alone. @return the exit code */
    public int follow(CampaignRecord record, Experiment experiment, String workflow) throws InterruptedException {
        CampaignSummary summary = toTheEnd(record, experiment, workflow);
        tell(summary);
        return ExitCode.of(summary);
    }

    private CampaignSummary toTheEnd(CampaignRecord record, Experiment experiment, String workflow)
            throws InterruptedException {
        InterruptHint hint = new InterruptHint(
                "%nThe campaign goes on.%n  Come back:  ./normlab watch %1$s%n  End it:     ./normlab cancel %1$s%n"
                        .formatted(record.id()));
        CampaignState ended = new Follower(
                        session.engine(),
                        session.connections().store(),
                        progress,
                        record.id(),
                        experiment.recipe().epochs())
                .toTheEnd(workflow);
        progress.close();
        hint.withdraw();
        // What an ended campaign left does not change: the embedded store's folder answers sooner than its server.
        try (StoredResults left = StoredResults.of(session.home())) {
            boolean completed = ended.campaign().status() == CampaignStatus.COMPLETED;
            if (completed) {
                new ReportFiles(session.home(), left.required()).fetch(record.id());
            }
            CampaignSummary summary =
                    CampaignSummary.of(ended, record, session.connections().store(), session.home());
            return completed && record.rerunOf().isPresent()
                    ? summary.with(
                            compared(left.required(), record, record.rerunOf().get()))
                    : summary;
        }
    }

    /** As the report has it, or rendered again for a narrower terminal. */
    private String table(String campaign) {
        String text = new ReportFiles(session.home(), session.connections().store()).text(campaign);
        if (!Output.overflows(text)) {
            return text;
        }
        ArtifactStore store = session.connections().store();
        CampaignReport report = new CampaignReport(store, ClaimFile.read(session.home()));
        return TerminalTable.of(report.findings(CampaignContents.read(store, campaign)), Output.columns());
    }

    private static RerunComparison compared(ArtifactStore store, CampaignRecord record, String original) {
        return RerunComparison.of(CampaignContents.read(store, original), CampaignContents.read(store, record.id()));
    }

    private void tell(CampaignSummary summary) {
        output.print(summary, out -> {
            if (summary.state() == CampaignStatus.COMPLETED) {
                tellResults(summary, out);
            } else {
                out.printf(
                        "The campaign ended: %s%s%nContinue it: ./normlab resume %s%n",
                        summary.state(),
                        summary.reason().map(r -> " (" + r + ")").orElse(""),
                        summary.run());
            }
        });
    }

    private void tellResults(CampaignSummary summary, PrintWriter out) {
        out.println();
        out.println(table(summary.run()));
        CampaignSummary.Trials t = summary.trials();
        out.printf(
                "%d trials: %d trained, %d cached, %d diverged, %d failed%n",
                t.total(), t.complete() - t.cached(), t.cached(), t.diverged(), t.failed());
        summary.rerun().ifPresent(rerun -> {
            out.println(rerun.sentence());
            rerun.stackDifferences()
                    .forEach(d -> out.printf("  %s: %s then, %s now%n", d.field(), d.stored(), d.asked()));
        });
        out.println("Report:  " + summary.report().orElse("not written"));
        out.println("MLflow:  " + summary.mlflowUrl().orElse(session.mlflowUrl()));
        out.println("Charts:  " + session.connections().tracker().chartsLink(summary.experiment()));
        if (Target.cluster().isEmpty()) {
            out.println("The stack keeps running; ./normlab down stops it.");
        }
    }
}
