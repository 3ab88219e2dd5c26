package normlab.experiment;

import java.util.Locale;

/** A trial as an experiment asks for it: under the name of the arm that it belongs to. */
public record ArmTrial(String arm, TrialSpec spec) {
    /** For people: {@code sigmoid-cbn-s3}. */
    public String label() {
        return "%s-%s-s%d".formatted(spec.activation().name().toLowerCase(Locale.ROOT), arm, spec.seed());
    }
}
