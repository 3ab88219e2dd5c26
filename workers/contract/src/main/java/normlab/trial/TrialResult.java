package normlab.trial;

import java.time.Instant;
import normlab.provenance.TrialIdentity;

/**
 * The result of a trial: the model of the last epoch on the whole test set, once. A diverged trial has the scores of
 * chance.
 *
 * @param test official test set, evaluation mode
 * @param trainLossEvalMode mean cross-entropy over the clean training set, with running statistics
 * @param trainLossTrainMode the same with batch statistics, in batches of the recipe's size
 */
public record TrialResult(
        TrialIdentity identity,
        TrainingRecord training,
        Scores test,
        double trainLossEvalMode,
        double trainLossTrainMode,
        Instant evaluatedAt,
        double evaluationSeconds) {}
