package normlab.trial;

import static normlab.json.Checks.check;

import java.time.Instant;
import java.util.Optional;

/**
 * A campaign that has trained a trial, or a part of it.
 *
 * @param at when it began to
 * @param code version of the code that the campaign was started with
 * @param registration SHA-256 of the registration that this version contains; absent: none of this experiment
 */
public record TrainedBy(Instant at, String campaign, String code, Optional<String> registration) {
    public TrainedBy {
        check(code.matches("[\\w.+-]+"), "code is not a version");
    }
}
