package normlab.port;

import java.util.List;

/** Shows runs on a tracking server. */
public interface RunTracker {
    /**
     * Makes the server show these runs as they are described, whatever it showed before. Parents come before their
     * children. Idempotent: equal calls leave the server as one call does.
     *
     * @return an address a person can open, for each run in order
     * @throws TrackerException if the server cannot be reached or refuses
     */
    List<String> project(List<TrackedRun> runs);

    /**
     * Makes the server show an experiment with its description and a prepared view of its runs' curves. Idempotent.
     *
     * @return an address that opens the view
     * @throws TrackerException if the server cannot be reached or refuses
     */
    String present(TrackedExperiment experiment);

    /** The server could not be brought up to date: it is away (worth another try), or refuses (not worth one). */
    final class TrackerException extends RuntimeException {
        private final boolean retryable;

        public TrackerException(String message, boolean retryable) {
            super(message);
            this.retryable = retryable;
        }

        public TrackerException(String message, boolean retryable, Throwable cause) {
            super(message, cause);
            this.retryable = retryable;
        }

        public boolean retryable() {
            return retryable;
        }
    }
}
