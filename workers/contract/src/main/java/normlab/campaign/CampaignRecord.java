package normlab.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * A campaign: one start of one experiment.
 *
 * @param id as JSON {@code run}, and so in all that earlier versions have stored
 * @param code version of the code, with {@code -dirty} where the checkout had changes
 * @param rerunOf the campaign that this one repeats with fresh training, if it does
 * @param fresh whether everything is trained again, whatever the store has; absent: no
 * @param options what {@code run} was given beside the experiment's name, as a shell takes it; absent: nothing
 * @param user account that started it, on the machine of whoever did; absent where that has no name
 * @param registration SHA-256 of the experiment's registration, if the version of the code contains it; absent: it has
 *     none, or not this one
 */
public record CampaignRecord(
        @JsonProperty("run") String id,
        String experiment,
        Instant startedAt,
        String code,
        Optional<String> rerunOf,
        Optional<Boolean> fresh,
        Optional<String> options,
        Optional<String> user,
        Optional<String> registration) {
    /** A campaign that trains what the store does not have, or one that repeats another. */
    public CampaignRecord(String id, String experiment, Instant startedAt, String code, Optional<String> rerunOf) {
        this(
                id,
                experiment,
                startedAt,
                code,
                rerunOf,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether its trials are trained beside those of the store, so that both are kept. */
    public boolean trainsAfresh() {
        return rerunOf.isPresent() || fresh.orElse(false);
    }

    /** What starts one like it. */
    public String command() {
        if (rerunOf.isPresent()) {
            return "./normlab rerun " + rerunOf.get();
        }
        return "./normlab run " + experiment + options.map(o -> " " + o).orElse("")
                + (trainsAfresh() ? " --force" : "");
    }
}
