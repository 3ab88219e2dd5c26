package normlab.app.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import normlab.app.config.Connections;
import normlab.app.config.EnvironmentVariables;
import normlab.app.config.Home;
import normlab.app.config.Target;
import normlab.app.progress.Progress;
import normlab.app.worker.StackProcesses;
import normlab.app.worker.WorkerSetup;
import normlab.campaign.CampaignArchive;
import normlab.json.InvalidInputException;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.conductor.ConductorServer;
import normlab.platform.process.ProcessException;
import normlab.platform.stack.Stack;
import normlab.platform.stack.StackState;

/** A command's connection to the servers: those of the embedded stack, or those of a cluster. */
public final class Session implements AutoCloseable {
    private static final Duration FIRST_INSTALLATION = Duration.ofMinutes(15);
    /** Of a server that has died. */
    private static final Duration START = Duration.ofMinutes(1);

    private static final Set<String> NEEDED = Set.of("conductor", "s3");

    private final Home home;
    private final Target target;
    /** Made beside the first questions to the workflow engine: the store's client takes as long as they do. */
    private final CompletableFuture<Connections> connections;

    private final ConductorEngine engine;

    Session(Home home, Target target, Progress progress) {
        this.home = home;
        this.target = target;
        this.connections = CompletableFuture.supplyAsync(() -> Connections.to(target));
        this.engine = new ConductorEngine(new ConductorServer(target.conductor()), progress::say);
    }

    /** Starts the stack where it does not run; a cluster is there or not. */
    public static Session up(Home home, Progress progress) throws InterruptedException {
        Optional<Target> cluster = Target.cluster();
        return new Session(
                home,
                cluster.isPresent()
                        ? cluster.get()
                        : Target.embedded(start(home, progress).endpoints(), home),
                progress);
    }

    /** @throws InvalidInputException if commands are for a cluster, which is started where it lives */
    public static StackState start(Home home, Progress progress) throws InterruptedException {
        if (Target.cluster().isPresent()) {
            throw new InvalidInputException(
                    "NORMLAB_TARGET",
                    "names a cluster, which cannot be started from here; unset it to use the embedded stack");
        }
        EnvironmentVariables.ofThisProcess().refuseIfWrong();
        Stack stack = new Stack(home.stack());
        Optional<StackState> running = stack.state().filter(state -> state.phase() == StackState.Phase.RUNNING);
        if (running.isPresent()) {
            List<String> changes =
                    WorkerSetup.changes(running.get().setup().orElse(Map.of()), WorkerSetup.ofThisProcess());
            if (!changes.isEmpty()) {
                refuseWhileBusy(Target.embedded(running.get().endpoints(), home), changes, progress);
                progress.say("Restarting the stack: " + String.join("; ", changes));
                stack.down(progress::say);
            }
        }
        return started(stack, home, progress);
    }

    /** The supervisor is not stopped by a Ctrl-C in this terminal: a hint says so. */
    private static StackState started(Stack stack, Home home, Progress progress) throws InterruptedException {
        InterruptHint hint = new InterruptHint(
                "%nThe stack keeps starting.%n  Continue:  run the same command again%n  Stop it:   ./normlab down%n"
                        .formatted());
        try {
            StackState state = stack.up(new StackProcesses(home).supervisor(), FIRST_INSTALLATION, progress::say);
            // One that ran before may have a server that is being started again.
            return stack.settled(NEEDED, START, progress::say).orElse(state);
        } finally {
            hint.withdraw();
        }
    }

    /** A campaign ends with the code that it began with: new code has other trials. */
    private static void refuseWhileBusy(Target target, List<String> changes, Progress progress) {
        try (ConductorEngine engine = new ConductorEngine(new ConductorServer(target.conductor()), progress::say)) {
            engine.running().stream().findFirst().ifPresent(campaign -> {
                throw new InvalidInputException(
                        "stack",
                        "must be restarted (%s), but campaign %s is running on it; wait until it ends, or cancel it: ./normlab cancel %s"
                                .formatted(String.join("; ", changes), campaign.id(), campaign.id()));
            });
        }
    }

    /** @throws ProcessException if the stack does not run */
    public static Session running(Home home, Progress progress) throws InterruptedException {
        return new Session(home, target(home, progress::say), progress);
    }

    /**
     * The servers that run; one that is being started again is waited for.
     *
     * @param progress hears for whom
     * @throws ProcessException if the stack does not run
     */
    public static Target target(Home home, Consumer<String> progress) throws InterruptedException {
        Optional<Target> cluster = Target.cluster();
        if (cluster.isPresent()) {
            return cluster.get();
        }
        return new Stack(home.stack())
                .settled(NEEDED, START, progress)
                .map(state -> Target.embedded(state.endpoints(), home))
                .orElseThrow(() -> new ProcessException("the stack is not running; start it: ./normlab up"));
    }

    /** @throws InvalidInputException if the store has no such campaign */
    public CampaignArchive campaign(String run) {
        return Campaigns.require(connections().store(), run);
    }

    public Home home() {
        return home;
    }

    /** MLflow's list of experiments. */
    String mlflowUrl() {
        return target.mlflow().experimentsPage().toString();
    }

    public Connections connections() {
        return connections.join();
    }

    public ConductorEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
        connections().close();
    }
}
