package normlab.dataset;

/**
 * What this machine has of one dataset.
 *
 * @param images of the official training and test set together
 * @param bytes of all its files as their manifest states them
 * @param licence one line
 * @param where the folder it was found in, or where it would come from
 * @param detail what is wrong or missing, or empty
 */
public record Holding(
        String name, String title, int images, long bytes, String licence, State state, String where, String detail) {
    /** How far the data can be trusted. */
    public enum State {
        /** All files are here, and each was held against its manifest. */
        VERIFIED,
        /** All files are here, but wrong. */
        DAMAGED,
        /** Made when it is needed. */
        GENERATED,
        /** Not on this machine. */
        ABSENT
    }
}
