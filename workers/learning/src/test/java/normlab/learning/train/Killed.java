package normlab.learning.train;

/** The end of a process, as far as a test can have one: nothing may catch it. */
final class Killed extends Error {
    private static final long serialVersionUID = 1;
}
