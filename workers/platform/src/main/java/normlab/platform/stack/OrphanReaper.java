package normlab.platform.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import normlab.platform.process.ProcessInfo;
import normlab.platform.process.ProcessRef;
import normlab.platform.process.ProcessTree;

/** Ends the processes that a killed supervisor left running. */
record OrphanReaper(StackState last) {
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** SIGTERM, ten seconds, SIGKILL; workers first, since they were started last. @return whether any were running */
    boolean reap(Consumer<String> progress) {
        boolean any = false;
        for (ProcessInfo member : last.members().reversed()) {
            any |= reap(member, progress);
        }
        return any;
    }

    private static boolean reap(ProcessInfo member, Consumer<String> progress) {
        List<ProcessRef> family = new ArrayList<>(member.descendants());
        Optional<ProcessHandle> head = member.process().flatMap(ProcessRef::find);
        head.ifPresent(found -> found.descendants().map(ProcessRef::of).forEach(family::add));
        if (head.isEmpty() && family.stream().noneMatch(ProcessRef::isAlive)) {
            return false;
        }
        progress.accept(member.name() + ": ending a process that a killed supervisor left running");
        head.ifPresent(found -> {
            found.destroy();
            awaitEnd(ProcessRef.of(found));
            family.add(ProcessRef.of(found));
        });
        ProcessTree.kill(family);
        family.forEach(OrphanReaper::awaitEnd);
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
