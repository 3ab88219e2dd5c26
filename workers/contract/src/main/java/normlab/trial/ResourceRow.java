package normlab.trial;

import java.time.Instant;

/**
 * What the training process used of its machine during one epoch.
 *
 * @param epoch from 1
 * @param at when the epoch ended
 * @param processorPercent of one core, so 200 is two whole cores
 * @param memoryMiB resident at the end of the epoch
 */
public record ResourceRow(int epoch, Instant at, double processorPercent, double memoryMiB) {}
