package normlab.app.progress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Learns from the trials of a campaign how long the others take: those that have ended weigh whole, those in training by
 * their epochs.
 */
final class Pace {
    private double trainingSeconds;
    private double evaluationSeconds;
    private double trials;
    private int slots = 1;

    /** A trial has ended. */
    void ended(double training, double evaluation) {
        trainingSeconds += training;
        evaluationSeconds += evaluation;
        trials++;
    }

    /**
     * Training takes all slots, evaluation one process beside them.
     *
     * @param waiting trials that nobody has begun
     * @param running trials that are trained, and those whose epochs are over, which are evaluated or wait for it
     * @return until the last trial ends; empty until the first epoch has ended
     */
    Optional<Duration> remaining(int waiting, List<Progress.Running> running) {
        int training =
                (int) running.stream().filter(r -> r.epoch() < r.epochs()).count();
        slots = Math.max(slots, training);
        Optional<Double> whole = trials > 0 ? Optional.of(trainingSeconds / trials) : fromEpochs(running);
        double evaluation = trials > 0 ? evaluationSeconds / trials : 0;
        return whole.map(one -> {
            List<Double> left = running.stream()
                    .map(r -> one * (1 - (double) r.epoch() / r.epochs()))
                    .toList();
            double begun = left.stream().mapToDouble(Double::doubleValue).sum();
            double longest =
                    left.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            double trained = Math.max(longest, (begun + waiting * one) / slots);
            double evaluated = (running.size() + waiting) * evaluation;
            return Duration.ofSeconds(
                    Math.round(Math.max(trained + (training + waiting > 0 ? evaluation : 0), evaluated)));
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
