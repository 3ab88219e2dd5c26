package normlab.platform.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import normlab.platform.process.Backoff;
import normlab.platform.process.FileMutex;
import normlab.platform.process.HealthCheck;
import normlab.platform.process.LogFile;
import normlab.platform.process.ManagedProcess;
import normlab.platform.process.ManagedProcess.Timeouts;
import normlab.platform.process.ProcessException;
import normlab.platform.process.ProcessGroup;
import normlab.platform.process.ProcessInfo;
import normlab.platform.process.ProcessSpec;
import normlab.platform.server.Credentials;
import normlab.platform.server.EmbeddedConductor;
import normlab.platform.server.EmbeddedMlflow;
import normlab.platform.server.EmbeddedS3;
import normlab.platform.server.EmbeddedServer;
import normlab.platform.server.Endpoints;
import normlab.platform.stack.StackState.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the processes of the embedded stack: starts the servers in parallel, then the workers, restarts what dies, and
 * stops all of them in order when its own process is asked to end.
 */
public final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private static final Duration OWNERSHIP_CHECKS = Duration.ofSeconds(2);

    private final StackSettings settings;
    private final Function<Endpoints, List<EmbeddedServer>> servers;
    private final Consumer<StackState> onServersHealthy;
    private final Function<StackState, List<ProcessSpec>> workers;
    private final ProcessGroup group = new ProcessGroup();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService starters = Executors.newCachedThreadPool();
    private final StateFile file;
    private final StateRecord state;

    /**
     * @param onServersHealthy called once, before the workers start: creates the bucket, registers workflows
     * @param workers the processes to start after that
     */
    public Supervisor(
            StackSettings settings,
            Consumer<StackState> onServersHealthy,
            Function<StackState, List<ProcessSpec>> workers) {
        this(settings, endpoints -> realServers(settings, endpoints), onServersHealthy, workers);
    }

    /** @param servers in the order in which they are stopped */
    Supervisor(
            StackSettings settings,
            Function<Endpoints, List<EmbeddedServer>> servers,
            Consumer<StackState> onServersHealthy,
            Function<StackState, List<ProcessSpec>> workers) {
        this.settings = settings;
        this.servers = servers;
        this.onServersHealthy = onServersHealthy;
        this.workers = workers;
        this.file = new StateFile(settings.data());
        this.state = new StateRecord(file);
    }

    private static List<EmbeddedServer> realServers(StackSettings settings, Endpoints endpoints) {
        Credentials credentials = Credentials.of(settings.data());
        return List.of(
                new EmbeddedConductor(settings.servers(), endpoints.ports().conductor()),
                new EmbeddedMlflow(settings.servers(), endpoints, credentials),
                new EmbeddedS3(settings.servers(), endpoints, credentials));
    }

    /**
     * Starts the stack and returns when it has ended: by {@link #stop}, by SIGTERM, or because it did not start.
     *
     * @throws ProcessException if another supervisor has this data folder, or a server does not become healthy; nothing is
     *     left running then
     */
    public void run() throws InterruptedException {
        FileMutex alone = alone();
        PortReservation ports = PortReservation.in(PortReservation.sharedLocks());
        try {
            Optional<StackState> last = file.read();
            Endpoints endpoints =
                    Endpoints.on(ports.reserve(last.map(l -> l.endpoints().ports()), settings.preferredPorts()));
            state.begin(StackState.starting(file.folder(), endpoints, settings.setup()));
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
            Thread.ofPlatform().daemon().name("ownership").start(this::stopOnceLost);
            startAndWait(endpoints);
        } finally {
            ports.release();
            alone.release();
        }
    }

    /**
     * Nobody can stop a supervisor that is no longer in the state file: the data folder was deleted or moved, or another
     * supervisor has taken its place.
     */
    private void stopOnceLost() {
        try {
            while (!ended.await(OWNERSHIP_CHECKS.toMillis(), TimeUnit.MILLISECONDS)) {
                if (state.isLost()) {
                    LOG.warn(
                            "[{}] no longer names this supervisor: stopping its processes",
                            settings.data().stateFile());
                    stop();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("the ownership thread is never interrupted", e);
        }
    }

    private FileMutex alone() throws InterruptedException {
        return FileMutex.acquire(settings.data().supervisorLock(), Duration.ofSeconds(5))
                .orElseThrow(() -> new ProcessException(
                        "[" + settings.data().root() + "] already has a supervisor; stop it first: ./normlab down"));
    }

    private void startAndWait(Endpoints endpoints) throws InterruptedException {
        Future<?> start = starters.submit(() -> start(endpoints));
        try {
            start.get();
            ended.await();
        } catch (ExecutionException e) {
            if (group.isClosed()) {
                ended.await();
                return;
            }
            ProcessException failure = asProcessException(e);
            state.change(now -> now.failedBy(String.valueOf(failure.getMessage())));
            end(Phase.FAILED);
            throw failure;
        }
    }

    private static ProcessException asProcessException(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof ExecutionException wrapper && wrapper.getCause() != null) {
            cause = wrapper.getCause();
        }
        return cause instanceof ProcessException known
                ? known
                : new ProcessException("the stack cannot be started: " + cause, failure);
    }

    private Void start(Endpoints endpoints) throws InterruptedException, ExecutionException {
        List<EmbeddedServer> all = servers.apply(endpoints);
        group.stopOrder(all.stream().map(EmbeddedServer::name).toList());
        ExecutorCompletionService<Void> starts = new ExecutorCompletionService<>(starters);
        all.forEach(server -> starts.submit(() -> start(server)));
        for (int i = 0; i < all.size(); i++) {
            starts.take().get();
        }
        onServersHealthy.accept(state.now());
        for (ProcessSpec worker : workers.apply(state.now())) {
            keep(worker, HealthCheck.running()).get();
        }
        state.change(now -> now.in(Phase.RUNNING));
        LOG.info("the stack runs");
        return null;
    }

    private Void start(EmbeddedServer server) throws InterruptedException, ExecutionException {
        Consumer<String> progress = note -> state.change(now -> now.with(ProcessInfo.preparing(server.name(), note)));
        progress.accept("preparing");
        keep(server.prepare(progress), server.health()).get();
        return null;
    }

    private Future<Void> keep(ProcessSpec spec, HealthCheck health) {
        LogFile log = new LogFile(settings.data().log(spec.name()));
        ManagedProcess child = new ManagedProcess(
                spec,
                health,
                Backoff.standard(),
                Timeouts.untilReady(settings.servers().startTimeout()),
                log,
                member -> state.change(now -> now.with(member)));
        return group.start(spec.name(), child);
    }

    /** Stops the workers, then the servers, and returns when all are gone. A second call waits for the first. */
    public void stop() {
        end(Phase.STOPPED);
    }

    private synchronized void end(Phase last) {
        if (ended.getCount() == 0) {
            return;
        }
        try {
            group.close();
            if (last == Phase.STOPPED) {
                state.change(now -> now.in(Phase.STOPPING));
            }
            starters.shutdownNow();
            starters.awaitTermination(20, TimeUnit.SECONDS);
            group.stopAll();
            state.change(now -> now.in(last));
            LOG.info("the stack has ended: {}", last);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the stack was stopped", e);
        } finally {
            ended.countDown();
        }
    }
}
