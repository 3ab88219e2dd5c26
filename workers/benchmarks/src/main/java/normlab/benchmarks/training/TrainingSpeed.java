package normlab.benchmarks.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.ToDoubleFunction;
import normlab.json.Json;

/**
 * Throughput of a load, summed over its processes.
 *
 * @param stepMillis of one process, on average
 * @param peakFraction share of what products of large matrices reach in the same processes
 * @param peakMemoryMiB of the largest process
 * @param checkpointMillis to encode a checkpoint in the slowest process
 * @param checkpointBytes of one
 * @param startSeconds of the slowest process, to the end of its first step
 */
public record TrainingSpeed(
        double imagesPerSecond,
        double stepMillis,
        double gflops,
        double peakFraction,
        double peakMemoryMiB,
        double cpuImagesPerSecond,
        double readPerSecond,
        double evaluatedPerSecond,
        double checkpointMillis,
        long checkpointBytes,
        double startSeconds) {
    static TrainingSpeed of(List<JsonNode> results, TrainingLoad load) {
        List<ProcessSpeed> speeds = results.stream()
                .map(r -> Json.read(Json.bytes(r), ProcessSpeed.class, "the measured process"))
                .toList();
        double images = sum(speeds, ProcessSpeed::imagesPerSecond);
        double gflops = sum(speeds, ProcessSpeed::gflops);
        return new TrainingSpeed(
                images,
                1000.0 * load.batch() * load.processes() / images,
                gflops,
                gflops / sum(speeds, ProcessSpeed::peakGflops),
                most(speeds, ProcessSpeed::peakMemoryMiB),
                sum(speeds, ProcessSpeed::cpuImagesPerSecond),
                sum(speeds, ProcessSpeed::readPerSecond),
                sum(speeds, ProcessSpeed::evaluatedPerSecond),
                most(speeds, ProcessSpeed::checkpointMillis),
                speeds.getFirst().checkpointBytes(),
                most(speeds, ProcessSpeed::startSeconds));
    }

    private static double most(List<ProcessSpeed> speeds, ToDoubleFunction<ProcessSpeed> part) {
        return speeds.stream().mapToDouble(part).max().orElseThrow();
    }

    private static double sum(List<ProcessSpeed> speeds, ToDoubleFunction<ProcessSpeed> part) {
        return speeds.stream().mapToDouble(part).sum();
    }
}
