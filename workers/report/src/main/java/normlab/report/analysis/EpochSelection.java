package normlab.report.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import normlab.report.campaign.TrialOutcome;
import normlab.report.stats.Sample;
import normlab.trial.JournalRow;

/**
 * Test accuracy in percent of the same trials under three ways to choose the epoch, to show what the choice alone adds:
 * the last epoch, which is the result; the best on validation images, which is fair; and the best on the test set,
 * which is common but not fair. Only trials with a test accuracy for every epoch count.
 *
 * @param last accuracy of the last epoch
 * @param byValidation accuracy of the epoch with the highest validation accuracy, the earliest if tied
 * @param bestOnTest the highest accuracy of all epochs
 */
public record EpochSelection(Sample last, Sample byValidation, Sample bestOnTest) {
    /** Empty if no trial of the cell was evaluated after every epoch. */
    public static Optional<EpochSelection> of(Cell cell) {
        List<List<JournalRow>> journals = cell.trials().stream()
                .filter(t -> !t.failed() && !t.diverged())
                .map(TrialOutcome::journal)
                .filter(j -> !j.isEmpty()
                        && j.stream().allMatch(r -> r.testAccuracy().isPresent()))
                .toList();
        if (journals.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EpochSelection(
                sample(journals, j -> test(j.getLast())),
                sample(
                        journals,
                        j -> test(j.stream()
                                .max(Comparator.comparingDouble(JournalRow::validationAccuracy)
                                        .thenComparing(JournalRow::epoch, Comparator.reverseOrder()))
                                .orElseThrow())),
                sample(
                        journals,
                        j -> j.stream().mapToDouble(EpochSelection::test).max().orElseThrow())));
    }

    private static double test(JournalRow row) {
        return 100 * row.testAccuracy().orElseThrow();
    }

    private static Sample sample(List<List<JournalRow>> journals, ToDoubleFunction<List<JournalRow>> value) {
        return Sample.of(journals.stream().mapToDouble(value).boxed().toList());
    }
}
