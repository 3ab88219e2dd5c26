package normlab.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a file of a dataset contains. A manifest names one file for each role that its format has. */
public enum FileRole {
    @JsonProperty("train-images")
    TRAIN_IMAGES,
    @JsonProperty("train-labels")
    TRAIN_LABELS,
    @JsonProperty("test-images")
    TEST_IMAGES,
    @JsonProperty("test-labels")
    TEST_LABELS,
    /** Training and test set in one archive, as it is published. */
    @JsonProperty("archive")
    ARCHIVE,
    /** Training images alone in one archive, as it is published. */
    @JsonProperty("train-archive")
    TRAIN_ARCHIVE,
    /** The images that serve as the test set in one archive, as it is published. */
    @JsonProperty("test-archive")
    TEST_ARCHIVE,
    /** What is known of the classes and of the test images. */
    @JsonProperty("devkit")
    DEVKIT;

    boolean hasImages() {
        return this == TRAIN_IMAGES || this == TEST_IMAGES;
    }

    /** Whether size and hash are those of the file as it is published, and not of its content after gunzip. */
    boolean isArchive() {
        return ordinal() >= ARCHIVE.ordinal();
    }
}
