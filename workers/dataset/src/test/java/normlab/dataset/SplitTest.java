package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final List<String> CLASSES = List.of("zero", "one", "two");

    @Test
    void trainingTakesTheFirstOfEachClassAndValidationTheLast() {
        // Places of class 0: 0 5 6 9; of class 1: 1 4 7 10; of class 2: 2 3 8 11.
        Split split = Split.of(wide(TinyDataset.TRAIN_LABELS), CLASSES, new DatasetSpec("tiny", 2, 1));
        assertThat(split.train()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(split.validation()).containsExactly(9, 10, 11);
        Split other = Split.of(wide(TinyDataset.TRAIN_LABELS), CLASSES, new DatasetSpec("tiny", 1, 2));
        assertThat(other.train()).containsExactly(0, 1, 2);
        assertThat(other.validation()).containsExactly(6, 7, 8, 9, 10, 11);
    }

    @Test
    void aClassMayBeUsedUpButNotTwice() {
        Split split = Split.of(wide(TinyDataset.TRAIN_LABELS), CLASSES, new DatasetSpec("tiny", 3, 1));
        assertThat(split.train()).hasSize(9).doesNotContain(split.validation());
        assertThatThrownBy(() -> Split.of(wide(TinyDataset.TRAIN_LABELS), CLASSES, new DatasetSpec("tiny", 3, 2)))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .hasSize(3)
                                .contains(
                                        "class one has 4 training images, and trainPerClass 3 with validationPerClass 2 need 5"));
    }

    @Test
    void onlyTheClassThatIsTooSmallIsNamed() {
        assertThatThrownBy(() -> Split.of(new int[] {0, 1, 0, 1, 0, 2}, CLASSES, new DatasetSpec("tiny", 1, 1)))
                .hasMessageContaining("class two has 1 training images")
                .hasMessageNotContaining("class zero");
    }

    private static int[] wide(byte[] labels) {
        return IntStream.range(0, labels.length).map(i -> labels[i]).toArray();
    }
}
