package normlab.platform.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import normlab.platform.stack.StackState.Member;

/** The processes that a killed supervisor left behind: those of its last state that still run. */
record Orphans(StackState last) {
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** SIGTERM, ten seconds, SIGKILL; workers, which were started last, first. @return whether there were any */
    boolean remove(Consumer<String> progress) {
        boolean any = false;
        for (Member member : last.members().reversed()) {
            any |= remove(member, progress);
        }
        return any;
    }

    private static boolean remove(Member member, Consumer<String> progress) {
        List<ProcessRef> family = new ArrayList<>(member.descendants());
        Optional<ProcessHandle> head = member.process().flatMap(ProcessRef::find);
        head.ifPresent(found -> found.descendants().map(ProcessRef::of).forEach(family::add));
        if (head.isEmpty() && family.stream().noneMatch(ProcessRef::isAlive)) {
            return false;
        }
        progress.accept(member.name() + ": ending what a killed supervisor left");
        head.ifPresent(found -> {
            found.destroy();
            awaitEnd(ProcessRef.of(found));
            family.add(ProcessRef.of(found));
        });
        ProcessFamily.kill(family);
        family.forEach(Orphans::awaitEnd);
        return true;
    }

    private static void awaitEnd(ProcessRef process) {
        long end = System.nanoTime() + GRACE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
