package normlab.platform.stack;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import normlab.platform.stack.StackState.Member;
import normlab.platform.stack.StackState.Phase;
import normlab.platform.stack.StackState.Status;

/** Waits for a stack that starts, and passes on what its supervisor writes down. */
final class Arrival {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int TAIL_LINES = 15;

    private final StateFile file;
    private final StackPaths paths;
    private final BooleanSupplier supervisorLives;
    private final Consumer<String> progress;
    private final Map<String, String> told = new HashMap<>();

    Arrival(StateFile file, StackPaths paths, BooleanSupplier supervisorLives, Consumer<String> progress) {
        this.file = file;
        this.paths = paths;
        this.supervisorLives = supervisorLives;
        this.progress = progress;
    }

    /** @param end as {@link System#nanoTime} counts */
    StackState await(long end) throws InterruptedException {
        while (true) {
            boolean lives = supervisorLives.getAsBoolean();
            Optional<StackState> state = file.read();
            if (state.isPresent()) {
                if (state.get().phase() == Phase.RUNNING && lives) {
                    return state.get();
                }
                tell(state.get());
                refuseFailure(state.get());
            }
            if (!lives) {
                throw new StackException("the supervisor ended before the stack ran; " + tail("supervisor"));
            }
            if (System.nanoTime() > end) {
                throw new StackException("the stack does not run yet, and patience is over: "
                        + state.map(this::missing).orElseGet(() -> tail("supervisor")));
            }
            Thread.sleep(STEP);
        }
    }

    private void tell(StackState state) {
        for (Member member : state.members()) {
            String line = member.name() + ": " + member.note();
            if (!line.equals(told.put(member.name(), line))) {
                progress.accept(line);
            }
        }
    }

    private static void refuseFailure(StackState state) {
        if (state.phase() == Phase.FAILED) {
            throw new StackException(state.problem().orElse("the stack failed for an unknown reason"));
        }
    }

    private String missing(StackState state) {
        return state.members().stream()
                .filter(member -> member.status() != Status.UP)
                .map(member -> "%s (%s), %s".formatted(member.name(), member.note(), tail(member.name())))
                .collect(Collectors.joining("; "));
    }

    private String tail(String process) {
        return new LogFile(paths.log(process)).tail(TAIL_LINES);
    }
}
