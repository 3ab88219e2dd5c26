package normlab.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a file of a dataset holds. A manifest names one file for each role. */
public enum FileRole {
    @JsonProperty("train-images")
    TRAIN_IMAGES(3),
    @JsonProperty("train-labels")
    TRAIN_LABELS(1),
    @JsonProperty("test-images")
    TEST_IMAGES(3),
    @JsonProperty("test-labels")
    TEST_LABELS(1);

    private final int rank;

    FileRole(int rank) {
        this.rank = rank;
    }

    /** Dimensions of the array in the file: 3 for images (count, height, width), 1 for labels (count). */
    int rank() {
        return rank;
    }

    boolean holdsImages() {
        return rank == 3;
    }

    /** Bytes in front of the values: a magic number and the dimensions, 4 bytes each. */
    int headerBytes() {
        return 4 * (1 + rank);
    }
}
