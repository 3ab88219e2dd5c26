package normlab.platform.stack;

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
import normlab.platform.stack.StackState.Member;
import normlab.platform.stack.StackState.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one process running: starts it, notices when it is ready, starts it again when it dies or hangs, stops it on
 * demand.
 * Every change is told to the listener.
 */
final class Child {
    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final int CHANCES = 3;
    private static final int TAIL_LINES = 15;
    private static final Duration EAGER = Duration.ofMillis(200);

    private final ProcessSpec spec;
    private final HealthCheck health;
    private final BackOff backOff;
    private final Patience patience;
    private final LogFile log;
    private final Consumer<Member> listener;

    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread keeper;
    private @Nullable Process process;
    private volatile @Nullable ProcessFamily family;
    private int deaths;

    Child(
            ProcessSpec spec,
            HealthCheck health,
            BackOff backOff,
            Patience patience,
            LogFile log,
            Consumer<Member> listener) {
        this.spec = spec;
        this.health = health;
        this.backOff = backOff;
        this.patience = patience;
        this.log = log;
        this.listener = listener;
        this.keeper = Thread.ofPlatform().daemon().name("keeper-" + spec.name()).unstarted(this::keep);
    }

    /** @return done when the process is ready; fails if it dies three times before, or takes too long */
    CompletableFuture<Void> start() {
        keeper.start();
        return firstReady;
    }

    /** SIGTERM, the grace, SIGKILL; returns when the process and its descendants are gone. */
    void stop() throws InterruptedException {
        stopping.countDown();
        Process last = last();
        ProcessFamily relatives = family;
        if (last != null && relatives != null) {
            relatives.refresh();
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

    private void keep() {
        try {
            do {
                long begun = System.nanoTime();
                String end = liveOnce();
                if (stopped()) {
                    break;
                }
                Duration pause = backOff.afterDeath(Duration.ofNanos(System.nanoTime() - begun));
                buried(end, pause);
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
            } while (true);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a keeper", e);
        } finally {
            tell(Status.STOPPED, "stopped");
            firstReady.completeExceptionally(new StackException("[" + spec.name() + "] was stopped"));
        }
    }

    /** One life of the process. @return how it ended */
    private String liveOnce() throws InterruptedException {
        try {
            Process born = launch();
            return born == null ? "was not started" : "ended with exit code " + watch(born);
        } catch (IOException | UncheckedIOException e) {
            return "cannot be started: " + e.getMessage();
        }
    }

    private synchronized @Nullable Process launch() throws IOException {
        if (stopped()) {
            return null;
        }
        spec.beforeStart().run();
        File output = log.open().toFile();
        ProcessBuilder builder = new ProcessBuilder(spec.command())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        Process born = builder.start();
        process = born;
        family = new ProcessFamily(born.toHandle());
        return born;
    }

    private synchronized @Nullable Process last() {
        return process;
    }

    private int watch(Process born) throws InterruptedException {
        ProcessFamily relatives = Objects.requireNonNull(family);
        tell(Status.STARTING, "starting");
        if (awaitReady(born, relatives)) {
            Silence silence = new Silence(patience.whileSilent());
            while (!born.waitFor(patience.betweenChecks().toMillis(), TimeUnit.MILLISECONDS)) {
                if (relatives.refresh()) {
                    tell(Status.UP, "up");
                }
                trimLog();
                if (silence.isTooLongAfter(health.passes()) && !stopped()) {
                    LOG.warn("{} has not answered for {}: SIGKILL", spec.name(), silence.length());
                    born.destroyForcibly();
                }
            }
        }
        relatives.killDescendants();
        return born.exitValue();
    }

    /** A full disk is no reason to give up a process that runs. */
    private void trimLog() {
        try {
            log.trim();
        } catch (UncheckedIOException e) {
            LOG.warn("{}: {}", spec.name(), e.toString());
        }
    }

    /** @return whether it became ready before it ended */
    private boolean awaitReady(Process born, ProcessFamily relatives) throws InterruptedException {
        long begun = System.nanoTime();
        while (!born.waitFor(EAGER.toMillis(), TimeUnit.MILLISECONDS)) {
            boolean changed = relatives.refresh();
            if (health.passes() && born.isAlive()) {
                relatives.refresh();
                tell(Status.UP, "up after %.1f s".formatted((System.nanoTime() - begun) / 1e9));
                firstReady.complete(null);
                return true;
            }
            if (changed) {
                tell(Status.STARTING, "starting");
            }
            if (System.nanoTime() - begun > patience.untilReady().toNanos()) {
                giveUp("does not answer %d s after its start"
                        .formatted(patience.untilReady().toSeconds()));
            }
        }
        return false;
    }

    private void buried(String end, Duration pause) {
        deaths++;
        tell(Status.RESTARTING, "%s; starts again in %.1f s".formatted(end, pause.toMillis() / 1e3));
        if (deaths >= CHANCES) {
            giveUp("%s, %d times in a row".formatted(end, deaths));
        }
    }

    /** Without effect once the process has been ready: from then on it is started again for ever. */
    private void giveUp(String why) {
        firstReady.completeExceptionally(
                new StackException("[%s] %s; %s".formatted(spec.name(), why, log.tail(TAIL_LINES))));
    }

    private boolean stopped() {
        return stopping.getCount() == 0;
    }

    private void tell(Status status, String note) {
        LOG.info("{}: {}", spec.name(), note);
        boolean lives = status == Status.STARTING || status == Status.UP;
        Process last = lives ? last() : null;
        ProcessFamily relatives = lives ? family : null;
        listener.accept(new Member(
                spec.name(),
                status,
                Optional.ofNullable(last).map(p -> ProcessRef.of(p.toHandle())),
                relatives == null ? List.of() : relatives.descendants(),
                deaths,
                note));
    }
}
