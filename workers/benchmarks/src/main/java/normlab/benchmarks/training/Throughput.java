package normlab.benchmarks.training;

/**
 * Work in a window of time, of one process or of several side by side.
 *
 * @param count units of work that were finished
 * @param seconds of wall-clock time
 * @param cpuSeconds of processor time, which other processes on the machine disturb less
 */
public record Throughput(long count, double seconds, double cpuSeconds) {
    public double perSecond() {
        return count / seconds;
    }

    public double millisEach() {
        return 1000 * seconds / count;
    }

    public double cpuMillisEach() {
        return 1000 * cpuSeconds / count;
    }
}
