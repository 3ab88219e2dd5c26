package normlab.trial;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import normlab.json.InvalidInputException;

/**
 * Which trial, and where it lies in the store: its key is the hash of all that decides its bytes
 * ({@link normlab.provenance.TrialIdentity#key}), so equal trials share one place, {@code trials/<key>}. A campaign that
 * trains everything afresh keeps its trials below its own, {@code runs/<campaign>/trials/<key>}. As JSON it is that place.
 *
 * @param campaign that keeps the trial for itself; absent where all campaigns share it
 */
public record TrialId(String key, Optional<String> campaign) implements Comparable<TrialId> {
    private static final Pattern PLACE = Pattern.compile("(?:runs/([^/]+)/)?trials/([^/]+)");
    private static final Pattern OBJECT = Pattern.compile("(" + PLACE.pattern() + ")/.+");

    /** The trial of this key that all campaigns share. */
    public static TrialId shared(String key) {
        return new TrialId(key, Optional.empty());
    }

    /** The trial of this key that a campaign trains for itself. */
    public static TrialId of(String campaign, String key) {
        return new TrialId(key, Optional.of(campaign));
    }

    /** @throws InvalidInputException if no trial lies there */
    @JsonCreator
    public static TrialId at(String prefix) {
        return find(prefix)
                .orElseThrow(() -> new InvalidInputException(
                        "prefix", "is '%s', expected trials/KEY or runs/CAMPAIGN/trials/KEY".formatted(prefix)));
    }

    /** As {@link #at}; empty if no trial lies there. */
    public static Optional<TrialId> find(String prefix) {
        Matcher matcher = PLACE.matcher(prefix);
        return matcher.matches()
                ? Optional.of(new TrialId(matcher.group(2), Optional.ofNullable(matcher.group(1))))
                : Optional.empty();
    }

    /** The trial that an object of the store is part of; empty if it is part of none. */
    public static Optional<TrialId> holding(String object) {
        Matcher matcher = OBJECT.matcher(object);
        return matcher.matches() ? find(matcher.group(1)) : Optional.empty();
    }

    /** Its place in the store: what the keys of all its objects begin with, without the final {@code /}. */
    @JsonValue
    public String prefix() {
        return campaign.map(c -> "runs/" + c + "/").orElse("") + "trials/" + key;
    }

    @Override
    public int compareTo(TrialId other) {
        return prefix().compareTo(other.prefix());
    }

    /** As people read it in messages and logs: its place. */
    @Override
    public String toString() {
        return prefix();
    }
}
