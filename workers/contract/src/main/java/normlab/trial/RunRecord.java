package normlab.trial;

import java.time.Instant;
import java.util.Optional;

/**
 * A campaign: one start of one experiment.
 *
 * @param run id
 * @param code version of the code, with {@code -dirty} where the checkout had changes
 * @param rerunOf the run that this one repeats with fresh training, if it does
 */
public record RunRecord(String run, String experiment, Instant startedAt, String code, Optional<String> rerunOf) {}
