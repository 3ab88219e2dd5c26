package normlab.app.chaos;

import java.time.Duration;

/**
 * What a drill showed. That the models are the same bytes, and nothing is lost or doubled, was checked before.
 *
 * @param recovered from the blow, or from the end of an outage that was given a length, until every trial that was in
 *     training got on
 * @param epochsAgain epochs that had been in the journal and were trained again
 * @param attempts spent in the campaign
 * @param longer than the campaign takes undisturbed
 */
record Row(String what, Duration recovered, int epochsAgain, int attempts, Duration longer) {
    static final String HEAD = """
            | Fault | Gets on after | Epochs trained again | Attempts spent | Campaign longer by | Models |
            |---|---:|---:|---:|---:|---|
            """;

    String markdown() {
        return "| %s | %.1f s | %d | %d | %.0f s | same bytes |"
                .formatted(what, recovered.toMillis() / 1e3, epochsAgain, attempts, longer.toMillis() / 1e3);
    }

    static String markdown(String what, String problem) {
        return "| %s | | | | | **%s** |"
                .formatted(what, problem.lines().findFirst().orElse(""));
    }
}
