package normlab.report.analysis;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.ProbeRow.LayerState;

/**
 * What the theory says of the input x of each weight layer, at the last probe of a trial. With the backward factor fixed, all
 * three effects scale with it.
 */
public enum WeightInputs {
    /** The mean over channels. */
    SECOND_MOMENT("E[x²]", "second-moment", state -> Optional.of(state.inputSecondMoment())),
    /** Over the channels of one pixel. */
    LARGEST_EIGENVALUE("λmax of E[x xᵀ]", "largest-eigenvalue", LayerState::inputLargestEigenvalue);

    private final String title;
    private final String word;
    private final Function<LayerState, Optional<Double>> value;

    WeightInputs(String title, String word, Function<LayerState, Optional<Double>> value) {
        this.title = title;
        this.word = word;
        this.value = value;
    }

    public String title() {
        return title;
    }

    /** The word used in file names. */
    public String word() {
        return word;
    }

    /** Empty if a trial has no such probe. */
    public OptionalDouble of(TrialOutcome trial, String layer) {
        return trial.probes().isEmpty() || trial.diverged()
                ? OptionalDouble.empty()
                : Optional.ofNullable(trial.probes().getLast().layers().get(layer))
                        .flatMap(value)
                        .filter(Double::isFinite)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty());
    }

    /** The weight layers that any of the trials was probed at, from the first to the classifier. */
    public static List<String> layers(Collection<TrialOutcome> trials) {
        return trials.stream()
                .filter(t -> !t.probes().isEmpty())
                .flatMap(t -> t.probes().getLast().layers().keySet().stream())
                .distinct()
                .sorted(Comparator.comparing(WeightInputs::place))
                .toList();
    }

    /** Numbers in names count as numbers; the stem comes first and the classifier last. */
    private static String place(String layer) {
        String end = layer.startsWith("fc") ? "2" : layer.equals("conv1.weight") ? "0" : "1";
        return end + layer.replaceAll("([0-9]+)", "0000$1").replaceAll("0*([0-9]{4})(?![0-9])", "$1");
    }
}
