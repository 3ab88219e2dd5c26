package normlab.platform.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import normlab.platform.process.ProcessInfo.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one process running: starts it, checks its health, restarts it when it dies or hangs, and stops it on request.
 * The listener hears of each change.
 */
public final class ManagedProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedProcess.class);
    private static final int MAX_START_ATTEMPTS = 3;
    private static final int TAIL_LINES = 15;
    private static final Duration START_CHECKS = Duration.ofMillis(200);

    private final ProcessSpec spec;
    private final HealthCheck health;
    private final Backoff backoff;
    private final Timeouts timeouts;
    private final LogFile log;
    private final Consumer<ProcessInfo> listener;

    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread keeper;
    private @Nullable Process process;
    private volatile @Nullable ProcessTree tree;
    private int deaths;

    /**
     * How long a process may take.
     *
     * @param untilReady from its start to its first successful health check
     * @param betweenChecks from one health check to the next, once it is ready
     * @param untilHung how long a process that was ready may fail its checks before it counts as hung; long enough for
     *     a machine that swaps or a server that collects garbage
     */
    public record Timeouts(Duration untilReady, Duration betweenChecks, Duration untilHung) {
        /** Checks every 5 s; a process that fails them for 45 s hangs. */
        public static Timeouts untilReady(Duration untilReady) {
            return new Timeouts(untilReady, Duration.ofSeconds(5), Duration.ofSeconds(45));
        }
    }

    public ManagedProcess(
            ProcessSpec spec,
            HealthCheck health,
            Backoff backoff,
            Timeouts timeouts,
            LogFile log,
            Consumer<ProcessInfo> listener) {
        this.spec = spec;
        this.health = health;
        this.backoff = backoff;
        this.timeouts = timeouts;
        this.log = log;
        this.listener = listener;
        this.keeper = Thread.ofPlatform().daemon().name("keeper-" + spec.name()).unstarted(this::keepRunning);
    }

    /** @return done when the process is ready; fails if it dies three times before that, or takes too long */
    public CompletableFuture<Void> start() {
        keeper.start();
        return firstReady;
    }

    /** SIGTERM, the grace period, SIGKILL; returns when the process and its descendants are gone. */
    public void stop() throws InterruptedException {
        stopping.countDown();
        Process last = current();
        ProcessTree descendants = tree;
        if (last != null && descendants != null) {
            descendants.refresh();
            last.destroy();
            if (!last.waitFor(spec.stopGrace().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "{} still runs {} s after SIGTERM: SIGKILL",
                        spec.name(),
                        spec.stopGrace().toSeconds());
                last.destroyForcibly().waitFor();
            }
        }
        if (keeper.getState() != Thread.State.NEW) {
            keeper.join();
        }
    }

    private void keepRunning() {
        try {
            do {
                long begun = System.nanoTime();
                String end = runOnce();
                if (stopRequested()) {
                    break;
                }
                Duration delay = backoff.afterDeath(Duration.ofNanos(System.nanoTime() - begun));
                died(end, delay);
                if (stopping.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
            } while (true);
        } catch (InterruptedException e) {
            throw new IllegalStateException("a keeper thread is never interrupted", e);
        } finally {
            report(Status.STOPPED, "stopped");
            firstReady.completeExceptionally(new ProcessException("[" + spec.name() + "] was stopped"));
        }
    }

    /** @return how the process ended */
    private String runOnce() throws InterruptedException {
        try {
            Process started = launch();
            return started == null ? "was not started" : "exited with code " + watch(started);
        } catch (IOException | UncheckedIOException e) {
            return "cannot be started: " + e.getMessage();
        }
    }

    private synchronized @Nullable Process launch() throws IOException {
        if (stopRequested()) {
            return null;
        }
        spec.beforeStart().run();
        File output = log.open().toFile();
        ProcessBuilder builder = new ProcessBuilder(spec.command())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        spec.directory().ifPresent(folder -> builder.directory(folder.toFile()));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        Process started = builder.start();
        process = started;
        tree = new ProcessTree(started.toHandle());
        return started;
    }

    private synchronized @Nullable Process current() {
        return process;
    }

    private int watch(Process started) throws InterruptedException {
        ProcessTree descendants = Objects.requireNonNull(tree);
        report(Status.STARTING, "starting");
        if (awaitReady(started, descendants)) {
            HangDetector detector = new HangDetector(timeouts.untilHung());
            while (!started.waitFor(timeouts.betweenChecks().toMillis(), TimeUnit.MILLISECONDS)) {
                if (descendants.refresh()) {
                    report(Status.UP, "up");
                }
                trimLog();
                if (detector.hangs(health.passes()) && !stopRequested()) {
                    LOG.warn("{} has not answered for {}: SIGKILL", spec.name(), detector.silentFor());
                    started.destroyForcibly();
                }
            }
        }
        descendants.killDescendants();
        return started.exitValue();
    }

    /** A full disk is no reason to give up a running process. */
    private void trimLog() {
        try {
            log.trim();
        } catch (UncheckedIOException e) {
            LOG.warn("{}: {}", spec.name(), e.toString());
        }
    }

    /** @return whether it became ready before it ended */
    private boolean awaitReady(Process started, ProcessTree descendants) throws InterruptedException {
        long begun = System.nanoTime();
        while (!started.waitFor(START_CHECKS.toMillis(), TimeUnit.MILLISECONDS)) {
            boolean changed = descendants.refresh();
            if (health.passes() && started.isAlive()) {
                descendants.refresh();
                report(Status.UP, "up after %.1f s".formatted((System.nanoTime() - begun) / 1e9));
                firstReady.complete(null);
                return true;
            }
            if (changed) {
                report(Status.STARTING, "starting");
            }
            if (System.nanoTime() - begun > timeouts.untilReady().toNanos()) {
                startFailed("does not answer %d s after its start"
                        .formatted(timeouts.untilReady().toSeconds()));
            }
        }
        return false;
    }

    private void died(String end, Duration delay) {
        deaths++;
        report(Status.RESTARTING, "%s; restarting in %.1f s".formatted(end, delay.toMillis() / 1e3));
        if (deaths >= MAX_START_ATTEMPTS) {
            startFailed("%s, %d times in a row".formatted(end, deaths));
        }
    }

    /** Without effect once the process has been ready: from then on it is restarted for ever. */
    private void startFailed(String why) {
        firstReady.completeExceptionally(
                new ProcessException("[%s] %s; %s".formatted(spec.name(), why, log.tail(TAIL_LINES))));
    }

    private boolean stopRequested() {
        return stopping.getCount() == 0;
    }

    private void report(Status status, String note) {
        LOG.info("{}: {}", spec.name(), note);
        boolean lives = status == Status.STARTING || status == Status.UP;
        Process running = lives ? current() : null;
        ProcessTree descendants = lives ? tree : null;
        listener.accept(new ProcessInfo(
                spec.name(),
                status,
                Optional.ofNullable(running).map(p -> ProcessRef.of(p.toHandle())),
                descendants == null ? List.of() : descendants.descendants(),
                deaths,
                note));
    }
}
