package normlab.benchmarks.training;

/**
 * What one training process measured of itself. Speeds of several processes are summed by those who started them.
 *
 * @param imagesPerSecond of whole training steps
 * @param cpuImagesPerSecond the same for each second of processor time, which other processes disturb less
 * @param gflops floating-point operations of the training steps: six for each multiply-add of the network
 * @param peakGflops of products of large matrices
 * @param readPerSecond images of the input pipeline alone
 * @param evaluatedPerSecond images of evaluation
 * @param peakMemoryMiB the process's largest resident memory, JVM included
 * @param startSeconds from the start of the process to the end of its first step
 * @param checkpointMillis to encode a checkpoint: twice the network, as the optimizer has a velocity for each weight
 * @param checkpointBytes of it
 */
public record ProcessSpeed(
        double imagesPerSecond,
        double cpuImagesPerSecond,
        double gflops,
        double peakGflops,
        double readPerSecond,
        double evaluatedPerSecond,
        double peakMemoryMiB,
        double startSeconds,
        double checkpointMillis,
        long checkpointBytes) {}
