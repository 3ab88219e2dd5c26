package normlab.registration;

import static normlab.json.Checks.check;

import java.util.HashSet;
import java.util.List;

/**
 * What an experiment asks, written down before it is trained: the part of a registration that only a person can write.
 *
 * @param hypotheses what is expected, at least one
 * @param primaryMeasure the measure, difference and setting that decide
 * @param ratesChosenBy how the learning rates were chosen, and on which images
 * @param changesOurMind which results would speak against the hypotheses
 * @param pilotSeeds seeds that were looked at before; no trial of the registered campaign has one
 */
public record Protocol(
        String question,
        List<String> hypotheses,
        String primaryMeasure,
        String ratesChosenBy,
        String changesOurMind,
        List<Long> pilotSeeds) {
    public Protocol {
        written("question", question);
        check(!hypotheses.isEmpty(), "protocol.hypotheses is empty, expected at least one");
        hypotheses.forEach(hypothesis -> written("hypotheses", hypothesis));
        written("primaryMeasure", primaryMeasure);
        written("ratesChosenBy", ratesChosenBy);
        written("changesOurMind", changesOurMind);
        check(
                new HashSet<>(pilotSeeds).size() == pilotSeeds.size(),
                "protocol.pilotSeeds %s names one twice",
                pilotSeeds);
        hypotheses = List.copyOf(hypotheses);
        pilotSeeds = List.copyOf(pilotSeeds);
    }

    private static void written(String key, String text) {
        check(!text.isBlank(), "protocol.%s is empty, expected a sentence", key);
    }
}
