package normlab.benchmarks.training;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Repeats work for a while and counts. */
final class Stopwatch {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Stopwatch() {}

    /** @param units of work of one repetition */
    static Throughput repeat(double seconds, long units, Runnable work) {
        long cpu = PROCESS.getProcessCpuTime();
        long started = System.nanoTime();
        long count = 0;
        double elapsed = 0;
        while (elapsed < seconds) {
            work.run();
            count += units;
            elapsed = (System.nanoTime() - started) / 1e9;
        }
        return new Throughput(count, elapsed, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
    }
}
