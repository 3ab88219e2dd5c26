package normlab.registration;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a campaign answers a question that was registered before its trials were trained.
 *
 * @param registration name of the registration that the campaign started with; absent: none
 * @param rules SHA-256 of the rules that the registration names; absent without one
 * @param reasons why the campaign is exploratory; empty for the others
 */
public record RegistrationStatus(
        Kind kind, Optional<String> registration, Optional<String> rules, List<String> reasons) {
    /** How a campaign relates to a registration. */
    public enum Kind {
        /** All of what was registered, by a commit that contains the registration. */
        @JsonProperty("registered")
        REGISTERED("registered"),
        /** A part of the trials that were registered, by such a commit. */
        @JsonProperty("registered-piece")
        PIECE("registered piece"),
        @JsonProperty("exploratory")
        EXPLORATORY("exploratory");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private static final int LONGEST = 240;

    public RegistrationStatus {
        reasons = List.copyOf(reasons);
    }

    /** Of a campaign that was started without a registration. */
    public static RegistrationStatus none() {
        return new RegistrationStatus(
                Kind.EXPLORATORY, Optional.empty(), Optional.empty(), List.of("it was started without a registration"));
    }

    /** Of a campaign that does not keep to its registration. */
    public RegistrationStatus exploratory(List<String> why) {
        return new RegistrationStatus(Kind.EXPLORATORY, registration, rules, why);
    }

    /** One or two sentences, for a reader who sees nothing else; long lists of trials are cut. */
    public String sentence() {
        return switch (kind) {
            case REGISTERED -> "Registered as %s before its trials were trained.".formatted(registration.orElse(""));
            case PIECE ->
                "Registered piece of %s: a part of the registered trials. Verdicts come from the whole, not from this piece."
                        .formatted(registration.orElse(""));
            case EXPLORATORY ->
                "Exploratory: %s."
                        .formatted(reasons.stream()
                                .map(RegistrationStatus::shortened)
                                .collect(Collectors.joining("; ")));
        };
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST - 1) + "…";
    }
}
