package normlab.app.forecast;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import normlab.registration.RegistrationStatus;

/**
 * What a campaign would do.
 *
 * @param cache where complete trials were looked for, in words
 * @param slots training processes side by side
 * @param hours of all slots together; trials of unknown duration not counted
 * @param wallHours from the start to the last trial's end
 * @param unknown trials that are to be trained and whose length nothing is known of
 * @param needs of this machine
 * @param registration whether the campaign would keep to a registration
 */
public record Forecast(
        String experiment,
        String cache,
        int slots,
        List<Row> trials,
        double hours,
        double wallHours,
        int unknown,
        Optional<Instant> finish,
        List<Need> needs,
        RegistrationStatus registration) {
    public Forecast {
        trials = List.copyOf(trials);
        needs = List.copyOf(needs);
    }

    /** A trial that the store has, or that is to be trained. */
    public enum State {
        CACHED,
        TRAIN
    }

    /**
     * @param seconds of training and evaluation; absent where nothing is known
     * @param basis what the seconds come from, in words
     */
    public record Row(String label, String key, State state, Optional<Double> seconds, String basis) {}

    /**
     * @param what such as {@code memory}
     * @param neededMiB an estimate from above
     * @param remedy what to do where it does not fit
     */
    public record Need(String what, long neededMiB, long foundMiB, String remedy) {
        boolean fits() {
            return neededMiB <= foundMiB;
        }

        /** A problem in words. */
        String problem() {
            return "%s: found %,d MiB, needed about %,d MiB; %s".formatted(what, foundMiB, neededMiB, remedy);
        }
    }

    /** The same, with what the campaign would be. */
    public Forecast with(RegistrationStatus foreseen) {
        return new Forecast(experiment, cache, slots, trials, hours, wallHours, unknown, finish, needs, foreseen);
    }

    public long cached() {
        return trials.stream().filter(t -> t.state() == State.CACHED).count();
    }

    /** Why this machine cannot run the campaign; none if it can. */
    public List<String> problems() {
        return needs.stream().filter(n -> !n.fits()).map(Need::problem).toList();
    }
}
