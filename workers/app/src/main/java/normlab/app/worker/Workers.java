package normlab.app.worker;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import normlab.app.campaign.ClaimFile;
import normlab.app.campaign.FailureLog;
import normlab.app.config.Connections;
import normlab.app.config.Home;
import normlab.app.config.Slots;
import normlab.app.config.Target;
import normlab.app.tracking.CampaignTracking;
import normlab.app.tracking.LiveTracking;
import normlab.dataset.DataFolders;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.PrepareDataset;
import normlab.dataset.shard.ShardStream;
import normlab.learning.LearningStack;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.evaluate.Evaluate;
import normlab.learning.train.Train;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.conductor.DecideWatchdog;
import normlab.platform.conductor.TaskBinding;
import normlab.platform.conductor.TrialBranch;
import normlab.platform.conductor.TrialRouting;
import normlab.platform.conductor.WorkerHost;
import normlab.port.ArtifactStore;
import normlab.provenance.Machine;
import normlab.provenance.TrainingStack;
import normlab.task.Task;
import normlab.task.TaskAttempt;
import normlab.task.Tasks.TrialInput;
import normlab.trial.TrialId;

/**
 * Which tasks each kind of worker process takes. A training slot trains and does nothing else; the coordinator does all
 * the rest.
 */
public final class Workers {
    public static final String COORDINATOR = "coordinator";
    public static final String SLOT = "slot-";
    /** A slot that waits is time lost; a coordinator that waits holds nobody up, and asks for four kinds of task. */
    public static final Duration SLOT_POLLS = Duration.ofMillis(100);

    public static final Duration COORDINATOR_POLLS = Duration.ofMillis(400);

    /** Campaigns that are looked at, should one have ended without a report. */
    private static final int RECENT = 50;

    private final Home home;
    private final Connections connections;
    private final Repair repair;
    private final RecentEvents events = RecentEvents.listening();
    private final List<AutoCloseable> open = new ArrayList<>();

    private Workers(Home home, Connections connections) {
        this.home = home;
        this.connections = connections;
        this.repair = new Repair(connections.store());
    }

    /** Starts the tasks of a role; they run until the result is closed. */
    public static AutoCloseable start(String role, Home home, Connections connections) {
        Workers workers = new Workers(home, connections);
        if (role.equals(COORDINATOR)) {
            workers.coordinate();
        } else if (role.startsWith(SLOT)) {
            workers.train(role);
        } else {
            throw new IllegalArgumentException("role is '%s', expected %s or %sN".formatted(role, COORDINATOR, SLOT));
        }
        return workers::close;
    }

    private void coordinate() {
        Slots slots = Slots.ofThisMachine();
        CampaignTracking tracking = new CampaignTracking(connections.store(), connections.tracker());
        DatasetCatalog catalog = new DatasetCatalog(home.datasets(), Optional.of(connections.store()));
        ConductorEngine engine = opened(new ConductorEngine(connections.conductor()));
        opened(new AbortWatch(() -> engine.campaigns(RECENT), connections.store(), tracking).start());
        opened(new DecideWatchdog(connections.conductor()));
        LiveTracking live = opened(new LiveTracking(tracking, connections.store()));
        TrainingStack own = LearningStack.current(slots.threads());
        ClusterTrainingStack planned = ClusterTrainingStack.ofEnvironment(connections.store(), own);
        Plan plan = new Plan(connections.store(), catalog, planned, tracking);
        TrialRouting routing =
                Target.cluster().isPresent() ? new ClusterRouting(connections.store(), catalog) : TrialRouting.ANYWHERE;
        host(
                COORDINATOR,
                List.of(),
                COORDINATOR_POLLS,
                List.of(
                        TaskBinding.ofPlan(plan, routing),
                        TaskBinding.ofGroupPlan(plan::trialsToTrain, routing),
                        TaskBinding.of(preparation(catalog)),
                        TaskBinding.of(ofTrial(
                                new TaskDecorator.TrackedEvaluation(
                                        new Evaluate(connections.store(), datasets(slots), Clock.systemUTC()), live),
                                planned)),
                        TaskBinding.of(new RepairingReport(
                                new ReportCampaign(
                                        connections.store(),
                                        ClaimFile.read(home),
                                        tracking,
                                        facts(engine, connections.store()),
                                        slots.count(),
                                        Clock.systemUTC()),
                                connections.store(),
                                repair))));
    }

    private void train(String role) {
        CampaignTracking tracking = new CampaignTracking(connections.store(), connections.tracker());
        LiveTracking live = opened(new LiveTracking(tracking, connections.store()));
        Slots slots = Slots.ofThisMachine();
        TrainingStack stack = LearningStack.current(slots.threads());
        host(
                role,
                domains(stack),
                SLOT_POLLS,
                List.of(TaskBinding.of(ofTrial(
                        new RecordedTraining(
                                new TaskDecorator.MeteredTraining(
                                        new Train(connections.store(), datasets(slots), stack, live, Clock.systemUTC()),
                                        live),
                                connections.store(),
                                Clock.systemUTC()),
                        () -> stack))));
    }

    /** Of a slot in a cluster, where trials differ in what they need; one machine's slots are alike. */
    private List<String> domains(TrainingStack stack) {
        if (Target.cluster().isEmpty()) {
            return List.of();
        }
        connections.store().ensureBucket();
        ClusterTrainingStack.announce(connections.store(), stack);
        return Domains.servedBy(stack.deviceClass(), SlotMemory.ofEnvironment().mib());
    }

    private TaskDecorator.VerifiedPreparation preparation(DatasetCatalog catalog) {
        DataFolders folders = DataFolders.ofEnvironment(home.cache());
        return new TaskDecorator.VerifiedPreparation(new PrepareDataset(catalog, connections.store(), folders), repair);
    }

    /** @param stack that the trial is planned for */
    private <O extends Record> Task<TrialInput, O> ofTrial(Task<TrialInput, O> task, Supplier<TrainingStack> stack) {
        DatasetCatalog catalog = new DatasetCatalog(home.datasets(), Optional.of(connections.store()));
        ArtifactStore store = connections.store();
        Task<TrialInput, O> repairing =
                new RepairingTrial<>(task, preparation(catalog), store, repair, new LostSpecs(store, catalog, stack));
        return new FailureLoggingTask<>(repairing, store, events::of);
    }

    private DeviceDatasets datasets(Slots slots) {
        int decoding = slots.decoding(Machine.current().cores());
        return new DeviceDatasets(connections.store(), ShardStream.source(connections.store(), decoding));
    }

    private void host(String role, List<String> domains, Duration pollEvery, List<TaskBinding> bindings) {
        Path journal = home.data().resolve("state").resolve(role + ".json");
        opened(WorkerHost.start(connections.conductor(), role, bindings, domains, pollEvery, Optional.of(journal)));
    }

    private static ReportCampaign.WorkflowFacts facts(ConductorEngine engine, ArtifactStore store) {
        return new ReportCampaign.WorkflowFacts() {
            @Override
            public Optional<String> workflowId(String campaign) {
                return engine.workflowOf(campaign);
            }

            @Override
            public Map<TrialId, String> failures(String campaign) {
                return engine.workflowOf(campaign).stream()
                        .flatMap(id -> engine.state(id).trials().stream())
                        .filter(t -> t.reason().isPresent())
                        .collect(Collectors.toMap(
                                TrialBranch::trial,
                                t -> new FailureLog(store, campaign, t.trial())
                                        .with(t.reason().orElseThrow()),
                                (first, second) -> first));
            }

            @Override
            public Map<TrialId, List<TaskAttempt>> timelines(String campaign) {
                return engine.workflowOf(campaign).stream()
                        .flatMap(id -> engine.state(id).trials().stream())
                        .collect(Collectors.toMap(TrialBranch::trial, TrialBranch::attempts, (first, second) -> first));
            }
        };
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    /** In the reverse order of opening: first no more tasks, then what they use. */
    private void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }
}
