package normlab.trial;

import java.time.Instant;
import java.util.Optional;
import normlab.provenance.TrialIdentity;

/**
 * The result of a trial: the model of the last epoch on the whole test set, once. A diverged trial has the scores of
 * chance.
 *
 * @param test official test set, evaluation mode
 * @param testPrecise the same set with {@linkplain normlab.experiment.PreciseStatistics precise statistics}; absent where
 *     the experiment has none, or the network no statistics
 * @param trainLossEvalMode mean cross-entropy over the clean training set, with running statistics
 * @param trainLossTrainMode the same with batch statistics, in batches of the recipe's size
 */
public record TrialResult(
        TrialIdentity identity,
        TrainingRecord training,
        Scores test,
        Optional<Scores> testPrecise,
        double trainLossEvalMode,
        double trainLossTrainMode,
        Instant evaluatedAt,
        double evaluationSeconds) {
    /** A trial is dead below this multiple of the accuracy of guessing. */
    private static final double DEAD = 1.5;

    /**
     * Whether the trial learned next to nothing: it diverged, or it classifies less than 1.5 times as many test images rightly
     * as guessing does, with either statistics. A ratio to such a baseline says nothing of a method.
     */
    public boolean isDead() {
        double best = Math.max(test.top1(), testPrecise.map(Scores::top1).orElse(0.0));
        return training.outcome() == Outcome.DIVERGED || best * test.perClass().size() < DEAD;
    }

    /** Without precise statistics. */
    public TrialResult(
            TrialIdentity identity,
            TrainingRecord training,
            Scores test,
            double trainLossEvalMode,
            double trainLossTrainMode,
            Instant evaluatedAt,
            double evaluationSeconds) {
        this(
                identity,
                training,
                test,
                Optional.empty(),
                trainLossEvalMode,
                trainLossTrainMode,
                evaluatedAt,
                evaluationSeconds);
    }
}
