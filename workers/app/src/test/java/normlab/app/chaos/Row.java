package normlab.app.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of one fault. The models have already been found byte-equal, and nothing lost or duplicated.
 *
 * @param recovered recovery time: from the fault, or from the end of an outage of given length, until every trial that was
 *     in training made progress
 * @param epochsAgain epochs that were in the journal and were trained again
 * @param attempts used by the campaign, beyond the first of each task
 * @param longer how much longer the campaign took than without faults
 * @param stopped how long training continued after the campaign was cancelled, if it was cancelled
 */
record Row(
        Fault fault, Duration recovered, int epochsAgain, int attempts, Duration longer, Optional<Duration> stopped) {
    private static final int MOST_OF_A_PROBLEM = 100;

    static final String HEAD = """
            | Fault | Recovery time | Epochs retrained | Attempts used | Campaign delay | Models |
            |---|---:|---:|---:|---:|---|
            """;

    String markdown() {
        String remark = stopped.map(time -> " (training stopped after %.1f s)".formatted(seconds(time)))
                .orElse("");
        return "| %s%s | %.1f s%s | %d | %d | %.0f s | same bytes |"
                .formatted(
                        fault.what(),
                        remark,
                        seconds(recovered),
                        fault.bar()
                                .map(bar -> " (limit %.0f s)".formatted(seconds(bar)))
                                .orElse(""),
                        epochsAgain,
                        attempts,
                        seconds(longer));
    }

    static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    static String markdown(String what, String problem) {
        String line = problem.lines().findFirst().orElse("");
        return "| %s | | | | | **%s** |".formatted(what, line.substring(0, Math.min(MOST_OF_A_PROBLEM, line.length())));
    }
}
