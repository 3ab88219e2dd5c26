package normlab.app.command;

import java.util.List;

/** Shows a person how far a campaign is. */
interface Progress extends AutoCloseable {
    /**
     * @param epochsDone of all trials that are trained in this campaign
     * @param running one line for each trial in training
     */
    record Snapshot(
            int trials, int complete, int cached, int failed, int epochs, int epochsDone, List<String> running) {}

    /** A step of the campaign, such as the start of a server; said once. */
    void say(String line);

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
