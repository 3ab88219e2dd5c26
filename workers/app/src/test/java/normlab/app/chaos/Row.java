package normlab.app.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * What a drill showed. That the models are the same bytes, and nothing is lost or doubled, was checked before.
 *
 * @param recovered from the blow, or from the end of an outage that was given a length, until every trial that was in
 *     training got on
 * @param epochsAgain epochs that had been in the journal and were trained again
 * @param attempts spent in the campaign
 * @param longer than the campaign takes undisturbed
 * @param stopped how long training went on after the campaign was cancelled, if it was
 */
record Row(
        Fault fault, Duration recovered, int epochsAgain, int attempts, Duration longer, Optional<Duration> stopped) {
    private static final int MOST_OF_A_PROBLEM = 100;

    static final String HEAD = """
            | Fault | Gets on after | Epochs trained again | Attempts spent | Campaign longer by | Models |
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
                                .map(bar -> " of %.0f s".formatted(seconds(bar)))
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
