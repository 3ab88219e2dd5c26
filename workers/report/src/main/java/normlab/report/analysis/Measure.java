package normlab.report.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.JournalRow;
import normlab.trial.TrialResult;

/** What is measured in a trial, always after the last epoch, never at the best one. */
public enum Measure implements Quantity {
    /** Percentage of the test set classified correctly; a diverged trial counts at chance. */
    @JsonProperty("test-accuracy")
    ACCURACY("test accuracy", "points", true, 2),
    /** The same with precise statistics instead of running ones; absent where the experiment has no such evaluation. */
    @JsonProperty("test-accuracy-precise")
    PRECISE_ACCURACY("test accuracy, precise statistics", "points", true, 2),
    /** Mean cross-entropy over the clean training set, evaluation mode; diverged trials have none. */
    @JsonProperty("training-loss")
    TRAIN_LOSS("training loss", "nats", false, 3),
    /** The training loss with batch statistics. */
    @JsonProperty("training-loss-train-mode")
    TRAIN_LOSS_TRAIN_MODE("training loss, train mode", "nats", false, 3),
    /** Mean over the epochs of the loss measured during training: lower means faster. */
    @JsonProperty("loss-auc")
    AUC("loss AUC", "nats", false, 3),
    /** Mean over the epochs of the logarithm of that loss, which weighs late and early improvements equally. */
    @JsonProperty("log-loss-auc")
    LOG_AUC("log-loss AUC", "log nats", false, 3);

    private final String title;
    private final String unit;
    private final boolean higherIsBetter;
    private final int digits;

    Measure(String title, String unit, boolean higherIsBetter, int digits) {
        this.title = title;
        this.unit = unit;
        this.higherIsBetter = higherIsBetter;
        this.digits = digits;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String unit() {
        return unit;
    }

    @Override
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** The number of decimal places shown. */
    public int digits() {
        return digits;
    }

    /** Empty for a failed trial, for a value that is not finite, and for the losses of a diverged trial. */
    @Override
    public OptionalDouble of(TrialOutcome trial) {
        if (trial.result().isEmpty() || (losesToDivergence() && trial.diverged())) {
            return OptionalDouble.empty();
        }
        TrialResult result = trial.result().get();
        double value = switch (this) {
            case ACCURACY -> 100 * result.test().top1();
            case PRECISE_ACCURACY ->
                trial.diverged()
                        ? 100 * result.test().top1()
                        : result.testPrecise().map(s -> 100 * s.top1()).orElse(Double.NaN);
            case TRAIN_LOSS -> result.trainLossEvalMode();
            case TRAIN_LOSS_TRAIN_MODE -> result.trainLossTrainMode();
            case AUC -> meanOverEpochs(trial, DoubleUnaryOperator.identity());
            case LOG_AUC -> meanOverEpochs(trial, Math::log);
        };
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Whether diverged trials have no value: they have the accuracy of chance, but no losses. */
    public boolean losesToDivergence() {
        return this != ACCURACY && this != PRECISE_ACCURACY;
    }

    /** NaN if the journal lacks an epoch, since its mean would not be comparable. */
    private static double meanOverEpochs(TrialOutcome trial, DoubleUnaryOperator scale) {
        if (trial.journal().size() != trial.spec().recipe().epochs()) {
            return Double.NaN;
        }
        return trial.journal().stream()
                .mapToDouble(JournalRow::trainLoss)
                .map(scale)
                .average()
                .orElse(Double.NaN);
    }
}
