package normlab.app.trace;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import normlab.app.campaign.Ending;
import normlab.app.trace.Explanation.Chain;
import normlab.app.trace.Explanation.Data;
import normlab.app.trace.Explanation.Nearest;
import normlab.app.trace.Explanation.Scored;
import normlab.campaign.CampaignArchive;
import normlab.json.InvalidInputException;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskAttempt;
import normlab.trial.PreparedDataset;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import normlab.trial.TrialResult;

/** Finds in the store what became of a trial. */
public final class Explainer {
    private static final String TRIALS = "trials/";
    private static final String RESULT = "/result.json";

    private final ArtifactStore store;

    public Explainer(ArtifactStore store) {
        this.store = store;
    }

    /**
     * @param trial where it lies, or would lie
     * @param campaigns ids of the campaigns to look for it in
     */
    public Explanation explain(String label, TrialIdentity identity, TrialId trial, List<String> campaigns) {
        TrialArchive archive = new TrialArchive(store, trial);
        boolean complete = archive.isComplete();
        List<String> planning = campaigns.stream()
                .filter(campaign -> plans(campaign, identity.key()))
                .toList();
        return new Explanation(
                label,
                identity.key(),
                trial.prefix(),
                complete,
                identity,
                complete ? Optional.empty() : nearest(identity),
                planning,
                chain(archive, identity, attempts(planning, trial)));
    }

    /** @throws InvalidInputException if no trial of the store, or more than one, has a key that begins so */
    public String keyOf(String beginning) {
        List<String> keys = store.list(TRIALS + beginning).stream()
                .map(k -> k.substring(TRIALS.length(), k.indexOf('/', TRIALS.length())))
                .distinct()
                .toList();
        if (keys.size() != 1) {
            throw new InvalidInputException(
                    beginning,
                    keys.isEmpty()
                            ? "begins no key of a trial in the store; ./normlab plan EXPERIMENT shows keys"
                            : "begins %d keys, expected one: add digits".formatted(keys.size()));
        }
        return keys.getFirst();
    }

    private Optional<Nearest> nearest(TrialIdentity identity) {
        return store.list(TRIALS).stream()
                .filter(k -> k.endsWith(RESULT))
                .flatMap(k -> TrialId.holding(k).flatMap(this::identityAt).stream())
                .map(other -> new Nearest(other.key(), IdentityDifference.between(identity, other)))
                .filter(n -> !n.differences().isEmpty())
                .min(Comparator.comparingInt((Nearest n) -> n.differences().size())
                        .thenComparing(Nearest::key));
    }

    private Optional<TrialIdentity> identityAt(TrialId trial) {
        try {
            return new TrialArchive(store, trial).result().map(TrialResult::identity);
        } catch (InvalidInputException ofAnotherVersion) {
            return Optional.empty();
        } catch (StoreException e) {
            if (e.damagedKey().isEmpty()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private boolean plans(String campaign, String key) {
        return new CampaignArchive(store, campaign)
                .plan()
                .filter(p -> p.trials().stream().anyMatch(t -> t.key().equals(key)))
                .isPresent();
    }

    /** Of those campaigns that have ended and did not find the trial complete, the first. */
    private List<TaskAttempt> attempts(List<String> campaigns, TrialId trial) {
        return campaigns.stream()
                .flatMap(campaign -> Ending.of(store, campaign).stream())
                .sorted(Comparator.comparing(Ending::endedAt))
                .flatMap(ending -> ending.timelines().stream())
                .flatMap(timelines -> Optional.ofNullable(timelines.get(trial)).stream())
                .filter(attempts -> !attempts.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private Chain chain(TrialArchive archive, TrialIdentity identity, List<TaskAttempt> attempts) {
        return new Chain(
                data(identity),
                archive.journal(),
                archive.training(),
                archive.result()
                        .map(r -> new Scored(r.test().top1(), r.test().loss(), r.evaluatedAt(), r.evaluationSeconds())),
                attempts);
    }

    private Optional<Data> data(TrialIdentity identity) {
        return PreparedDataset.of(store, identity)
                .map(d -> new Data(
                        d.name(),
                        d.fingerprint(),
                        d.train().count(),
                        d.validation().count(),
                        d.test().count(),
                        d.train().imagesSha256()));
    }
}
