package normlab.platform.stack;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import normlab.platform.process.LogFile;
import normlab.platform.process.ProcessException;
import normlab.platform.process.ProcessInfo;
import normlab.platform.process.ProcessInfo.Status;
import normlab.platform.process.Reminder;
import normlab.platform.server.DataFolder;
import normlab.platform.stack.StackState.Phase;

/** Waits for a stack to start, and passes on the progress that its supervisor records. */
final class StartupWaiter {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int TAIL_LINES = 15;

    private final StateFile file;
    private final DataFolder folder;
    private final BooleanSupplier supervisorLives;
    private final Consumer<String> progress;
    private final Map<String, String> reported = new HashMap<>();
    private long spoken = System.nanoTime();

    StartupWaiter(StateFile file, DataFolder folder, BooleanSupplier supervisorLives, Consumer<String> progress) {
        this.file = file;
        this.folder = folder;
        this.supervisorLives = supervisorLives;
        this.progress = progress;
    }

    /**
     * @param deadline as {@link System#nanoTime} counts
     * @throws ProcessException if the stack does not start, with the end of the log of what does not
     */
    StackState await(long deadline) throws InterruptedException {
        while (true) {
            boolean lives = supervisorLives.getAsBoolean();
            Optional<StackState> state = file.read();
            if (state.isPresent()) {
                if (state.get().phase() == Phase.RUNNING && lives) {
                    return state.get();
                }
                report(state.get());
                throwIfFailed(state.get());
            }
            if (!lives) {
                throw new ProcessException("the supervisor ended before the stack was up; " + tail("supervisor"));
            }
            if (System.nanoTime() > deadline) {
                throw new ProcessException("timed out waiting for the stack to start: "
                        + state.map(this::notUp).orElseGet(() -> tail("supervisor")));
            }
            Thread.sleep(STEP);
        }
    }

    private void report(StackState state) {
        boolean silent = System.nanoTime() - spoken > Reminder.SILENCE.toNanos();
        for (ProcessInfo member : state.members()) {
            String line = member.name() + ": " + member.note();
            boolean news = !line.equals(reported.put(member.name(), line));
            if (news || silent && member.status() != Status.UP) {
                progress.accept(news ? line : "still waiting for " + line);
                spoken = System.nanoTime();
            }
        }
    }

    private static void throwIfFailed(StackState state) {
        if (state.phase() == Phase.FAILED) {
            throw new ProcessException(state.problem().orElse("the stack failed for an unknown reason"));
        }
    }

    private String notUp(StackState state) {
        return state.members().stream()
                .filter(member -> member.status() != Status.UP)
                .map(member -> "%s (%s), %s".formatted(member.name(), member.note(), tail(member.name())))
                .collect(Collectors.joining("; "));
    }

    private String tail(String process) {
        return new LogFile(folder.log(process)).tail(TAIL_LINES);
    }
}
