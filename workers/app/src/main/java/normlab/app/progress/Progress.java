package normlab.app.progress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Shows a person how far a campaign is. */
public interface Progress extends AutoCloseable {
    /**
     * A campaign at one moment.
     *
     * @param remaining until the last trial ends, once there is something to estimate from
     * @param waitsFor what happens or has to happen while no trial is in training, and the command that helps
     */
    record Snapshot(
            int trials,
            int complete,
            int cached,
            int failed,
            List<Running> running,
            Optional<Duration> remaining,
            Optional<String> waitsFor) {
        public Snapshot {
            running = List.copyOf(running);
        }

        /** A campaign of which nothing else can be shown. */
        static Snapshot waiting(Optional<String> waitsFor) {
            return new Snapshot(0, 0, 0, 0, List.of(), Optional.empty(), waitsFor);
        }

        public int ended() {
            return complete + failed;
        }
    }

    /**
     * A trial in training.
     *
     * @param epoch complete ones
     * @param latest of the journal, once an epoch is complete
     */
    record Running(String label, int epoch, int epochs, Optional<Latest> latest) {}

    /**
     * @param accuracy on the validation images, in [0, 1]
     * @param remaining of this trial's training
     */
    record Latest(double loss, double accuracy, double imagesPerSecond, Duration remaining) {}

    /** A step of the campaign, such as the start of a server; said once. */
    void say(String line);

    /** How far the campaign is; called every few seconds, whether anything has changed or not. */
    void show(Snapshot snapshot);

    /** A trial has ended; said once. */
    void ended(String line);

    @Override
    void close();

    /** Says nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void say(String line) {}

            @Override
            public void show(Snapshot snapshot) {}

            @Override
            public void ended(String line) {}

            @Override
            public void close() {}
        };
    }
}
