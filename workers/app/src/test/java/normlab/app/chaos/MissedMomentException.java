package normlab.app.chaos;

/** The campaign was past the moment at which a fault was to strike, so it says nothing about the fault: try again. */
final class MissedMomentException extends Exception {
    MissedMomentException(String moment) {
        super("the campaign was past its moment: " + moment);
    }
}
