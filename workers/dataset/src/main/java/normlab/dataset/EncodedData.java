package normlab.dataset;

/** A dataset's training and test set as image files, which are too many or too large for memory. */
interface EncodedData {
    EncodedImages train();

    EncodedImages test();

    /** Whether images of a class follow each other, so that their order must be changed for training. */
    boolean isSortedByClass();
}
