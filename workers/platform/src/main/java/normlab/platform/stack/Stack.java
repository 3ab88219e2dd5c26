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
import normlab.platform.process.Environment;
import normlab.platform.process.FileMutex;
import normlab.platform.process.LogFile;
import normlab.platform.process.ProcessException;
import normlab.platform.process.ProcessInfo;
import normlab.platform.process.ProcessRef;
import normlab.platform.process.Reminder;
import normlab.platform.server.DataFolder;
import normlab.platform.stack.StackState.Phase;

/** Starts and stops the embedded stack, and reports its state. Several processes may use it at once. */
public final class Stack {
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration STEP = Duration.ofMillis(100);

    private final DataFolder data;
    private final StateFile file;

    public Stack(DataFolder data) {
        this.data = data;
        this.file = new StateFile(data);
    }

    /** The state of the stack; empty if no supervisor lives. */
    public Optional<StackState> state() {
        return file.read().filter(state -> state.supervisor().isAlive());
    }

    /**
     * As {@link #state}, once these members are up: a server that has died is restarted within seconds.
     *
     * @param timeout after which the state is returned as it is
     * @param progress is told once what is waited for
     */
    public Optional<StackState> settled(Set<String> members, Duration timeout, Consumer<String> progress)
            throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Optional<StackState> state = state();
        long next = System.nanoTime();
        while (state.isPresent() && isStartingOrRunning(state.get().phase()) && System.nanoTime() < end) {
            List<String> away = away(members, state.get());
            if (away.isEmpty()) {
                return state;
            }
            if (System.nanoTime() >= next) {
                progress.accept("waiting for %s to be up".formatted(String.join(", ", away)));
                next = System.nanoTime() + Reminder.SILENCE.toNanos();
            }
            Thread.sleep(STEP);
            state = state();
        }
        return state;
    }

    private static List<String> away(Set<String> members, StackState state) {
        return members.stream()
                .filter(name -> state.member(name)
                        .filter(member -> member.status() == ProcessInfo.Status.UP)
                        .flatMap(ProcessInfo::process)
                        .filter(ProcessRef::isAlive)
                        .isEmpty())
                .sorted()
                .toList();
    }

    /**
     * Makes sure that the stack runs. A running one is left as it is; processes that a killed supervisor left running are
     * ended.
     *
     * @param supervisor command line of a process that calls {@link Supervisor#run}
     * @param timeout for all of it, the first installation included
     * @param progress is told of each step
     * @throws ProcessException with the end of the log of what does not start
     */
    public StackState up(List<String> supervisor, Duration timeout, Consumer<String> progress)
            throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        FileMutex mutex = mutex(timeout, progress);
        try {
            Optional<StackState> living = state();
            if (living.isPresent() && isStartingOrRunning(living.get().phase())) {
                ProcessRef owner = living.get().supervisor();
                return new StartupWaiter(file, data, owner::isAlive, progress).await(end);
            }
            if (living.isPresent()) {
                awaitEnd(living.get().supervisor(), progress);
            }
            file.read().ifPresent(last -> {
                new OrphanReaper(last).reap(progress);
                file.write(last.cleared());
            });
            Process spawned = spawn(supervisor);
            return new StartupWaiter(file, data, spawned::isAlive, progress).await(end);
        } finally {
            mutex.release();
        }
    }

    private static boolean isStartingOrRunning(Phase phase) {
        return switch (phase) {
            case STARTING, RUNNING -> true;
            case STOPPING, STOPPED, FAILED -> false;
        };
    }

    /**
     * Stops the stack and waits until it is gone; does nothing if it does not run.
     *
     * @return whether anything ran
     */
    public boolean down(Consumer<String> progress) throws InterruptedException {
        FileMutex mutex = mutex(STOP_TIMEOUT, progress);
        try {
            Optional<ProcessRef> supervisor = state().map(StackState::supervisor);
            if (supervisor.isPresent()) {
                supervisor.get().find().ifPresent(ProcessHandle::destroy);
                awaitEnd(supervisor.get(), progress);
            }
            boolean orphans = file.read()
                    .map(last -> new OrphanReaper(last).reap(progress))
                    .orElse(false);
            return supervisor.isPresent() || orphans;
        } finally {
            mutex.release();
        }
    }

    private void awaitEnd(ProcessRef supervisor, Consumer<String> progress) throws InterruptedException {
        progress.accept("stopping the stack");
        long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
        Reminder reminder = new Reminder(progress, "still stopping the stack");
        try {
            while (supervisor.isAlive()) {
                if (System.nanoTime() > end) {
                    progress.accept("the supervisor does not exit: killing it");
                    supervisor.find().ifPresent(ProcessHandle::destroyForcibly);
                    end = Long.MAX_VALUE;
                }
                Thread.sleep(STEP);
            }
        } finally {
            reminder.withdraw();
        }
    }

    private FileMutex mutex(Duration timeout, Consumer<String> progress) throws InterruptedException {
        Optional<FileMutex> free = FileMutex.tryAcquire(data.commandLock());
        if (free.isPresent()) {
            return free.get();
        }
        String waiting = "waiting for another command that starts or stops this stack";
        progress.accept(waiting);
        Reminder reminder = new Reminder(progress, "still " + waiting);
        try {
            return FileMutex.acquire(data.commandLock(), timeout)
                    .orElseThrow(() -> new ProcessException(
                            "[%s] another command has been starting or stopping the stack for %d s: end it, then try again"
                                    .formatted(data.root(), timeout.toSeconds())));
        } finally {
            reminder.withdraw();
        }
    }

    /** In a session of its own where the system has setsid: closing the terminal, or Ctrl-C in it, leaves the stack alone. */
    private Process spawn(List<String> supervisor) {
        List<String> command = new ArrayList<>();
        findOnPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(supervisor);
        LogFile log = new LogFile(data.log("supervisor"));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.open().toFile()));
            builder.environment().clear();
            builder.environment().putAll(Environment.ofSupervisor(System.getenv()));
            return builder.start();
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
