package normlab.app.progress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Learns from the trials of a campaign how long the others take: those that have ended weigh whole, those in training by
 * their epochs.
 */
final class Pace {
    private double seconds;
    private double trials;
    private int slots = 1;

    /** @param whole training and evaluation of one trial */
    void ended(double whole) {
        seconds += whole;
        trials++;
    }

    /**
     * @param waiting trials that nobody has begun
     * @return until the last trial ends; empty as long as no epoch has ended
     */
    Optional<Duration> remaining(int waiting, List<Progress.Running> running) {
        // One that is being scored has left its slot.
        int training =
                (int) running.stream().filter(r -> r.epoch() < r.epochs()).count();
        slots = Math.max(slots, training);
        Optional<Double> whole = trials > 0 ? Optional.of(seconds / trials) : fromEpochs(running);
        return whole.map(one -> {
            double begun = running.stream()
                    .mapToDouble(r -> one * (1 - (double) r.epoch() / r.epochs()))
                    .sum();
            double longest = running.stream()
                    .mapToDouble(r -> one * (1 - (double) r.epoch() / r.epochs()))
                    .max()
                    .orElse(0);
            return Duration.ofSeconds(Math.round(Math.max(longest, (begun + waiting * one) / slots)));
        });
    }

    private static Optional<Double> fromEpochs(List<Progress.Running> running) {
        return running.stream()
                .flatMap(r -> r.latest().stream()
                        .filter(l -> r.epoch() < r.epochs())
                        .map(l -> l.remaining().toMillis() / 1000.0 * r.epochs() / (r.epochs() - r.epoch())))
                .reduce(Math::max);
    }
}
