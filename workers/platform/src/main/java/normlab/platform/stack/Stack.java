package normlab.platform.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import normlab.platform.stack.StackState.Phase;

/** The embedded stack from outside: starts it, stops it, tells how it is. Safe to use from several processes at once. */
public final class Stack {
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(5);
    private static final Duration STEP = Duration.ofMillis(100);

    private final StackPaths paths;
    private final StateFile file;

    public Stack(StackPaths paths) {
        this.paths = paths;
        this.file = new StateFile(paths.stateFile());
    }

    /** The state of the stack whose supervisor lives; empty if there is none. */
    public Optional<StackState> state() {
        return file.read().filter(state -> state.supervisor().isAlive());
    }

    /**
     * As {@link #state}, once these members are up: a server that has died is started again within seconds.
     *
     * @param patience after which the state is given as it is
     * @param progress hears once whom is waited for
     */
    public Optional<StackState> settled(Set<String> members, Duration patience, Consumer<String> progress)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Optional<StackState> state = state();
        boolean told = false;
        while (state.isPresent() && isComing(state.get().phase()) && System.nanoTime() < end) {
            List<String> away = away(members, state.get());
            if (away.isEmpty()) {
                return state;
            }
            if (!told) {
                progress.accept("waiting for %s to be up".formatted(String.join(", ", away)));
                told = true;
            }
            Thread.sleep(STEP);
            state = state();
        }
        return state;
    }

    private static List<String> away(Set<String> members, StackState state) {
        return members.stream()
                .filter(name -> state.member(name)
                        .filter(member -> member.status() == StackState.Status.UP)
                        .flatMap(StackState.Member::process)
                        .filter(ProcessRef::isAlive)
                        .isEmpty())
                .sorted()
                .toList();
    }

    /** Whether a supervisor lives, be the stack starting, running or stopping. */
    public boolean isAlive() {
        return state().isPresent();
    }

    /**
     * Makes sure that the stack runs. A running one is left as it is; what a killed supervisor left behind is removed.
     *
     * @param supervisor command line of a process that calls {@link Supervisor#run}
     * @param patience for everything, the first installation included
     * @param progress hears a line at each step
     * @throws StackException quoting the log of whatever does not start
     */
    public StackState up(List<String> supervisor, Duration patience, Consumer<String> progress)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        FileMutex mutex = mutex(patience, progress);
        try {
            Optional<StackState> living = state();
            if (living.isPresent() && isComing(living.get().phase())) {
                ProcessRef owner = living.get().supervisor();
                return new Arrival(file, paths, owner::isAlive, progress).await(end);
            }
            if (living.isPresent()) {
                awaitEnd(living.get().supervisor(), progress);
            }
            file.read().ifPresent(last -> {
                new Orphans(last).remove(progress);
                file.write(last.cleared());
            });
            Process spawned = spawn(supervisor);
            return new Arrival(file, paths, spawned::isAlive, progress).await(end);
        } finally {
            mutex.release();
        }
    }

    private static boolean isComing(Phase phase) {
        return switch (phase) {
            case STARTING, RUNNING -> true;
            case STOPPING, STOPPED, FAILED -> false;
        };
    }

    /**
     * Stops the stack and waits until it is gone; nothing to stop is fine.
     *
     * @return whether anything ran
     */
    public boolean down(Consumer<String> progress) throws InterruptedException {
        FileMutex mutex = mutex(STOP_PATIENCE, progress);
        try {
            Optional<ProcessRef> supervisor = state().map(StackState::supervisor);
            if (supervisor.isPresent()) {
                supervisor.get().find().ifPresent(ProcessHandle::destroy);
                awaitEnd(supervisor.get(), progress);
            }
            boolean orphans =
                    file.read().map(last -> new Orphans(last).remove(progress)).orElse(false);
            return supervisor.isPresent() || orphans;
        } finally {
            mutex.release();
        }
    }

    private void awaitEnd(ProcessRef supervisor, Consumer<String> progress) throws InterruptedException {
        progress.accept("stopping the stack");
        long end = System.nanoTime() + STOP_PATIENCE.toNanos();
        while (supervisor.isAlive()) {
            if (System.nanoTime() > end) {
                progress.accept("the supervisor does not end: killing it");
                supervisor.find().ifPresent(ProcessHandle::destroyForcibly);
                end = Long.MAX_VALUE;
            }
            Thread.sleep(STEP);
        }
    }

    private FileMutex mutex(Duration patience, Consumer<String> progress) throws InterruptedException {
        Optional<FileMutex> free = FileMutex.tryAcquire(paths.commandLock());
        if (free.isPresent()) {
            return free.get();
        }
        progress.accept("waiting for another up or down of this stack");
        return FileMutex.acquire(paths.commandLock(), patience)
                .orElseThrow(() ->
                        new StackException("[%s] another up or down has held the stack for %d s: end it, then try again"
                                .formatted(paths.root(), patience.toSeconds())));
    }

    /** In a session of its own where the system can: closing the terminal, or Ctrl-C in it, leaves the stack alone. */
    private Process spawn(List<String> supervisor) {
        List<String> command = new ArrayList<>();
        findOnPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(supervisor);
        LogFile log = new LogFile(paths.log("supervisor"));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.open().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the supervisor: " + String.join(" ", command), e);
        }
    }

    private static Optional<Path> findOnPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
