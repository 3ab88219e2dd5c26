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
