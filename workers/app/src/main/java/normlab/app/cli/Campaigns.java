package normlab.app.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignId;
import normlab.campaign.CampaignRecord;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;

/** The campaigns of a store, by id. */
public final class Campaigns {
    private static final String FOLDER = "runs/";
    private static final int SHOWN = 5;

    private Campaigns() {}

    /** Ids, in order. */
    public static List<String> of(ArtifactStore store) {
        return store.children(FOLDER);
    }

    /**
     * The ids of all campaigns, newest first. Of a campaign whose id does not tell its start, the record is read.
     *
     * @param damaged gets a message for each campaign whose record must be read and cannot be
     */
    public static List<CampaignId> newestFirst(ArtifactStore store, Consumer<String> damaged) {
        return of(store).parallelStream()
                .flatMap(id -> CampaignId.parse(id)
                        .or(() -> record(store, id, damaged)
                                .map(record -> new CampaignId(id, record.experiment(), record.startedAt())))
                        .stream())
                .sorted(Comparator.comparing(CampaignId::startedAt).reversed())
                .toList();
    }

    /** @param damaged gets a message if the record cannot be read */
    static Optional<CampaignRecord> record(ArtifactStore store, String id, Consumer<String> damaged) {
        try {
            return new CampaignArchive(store, id).record();
        } catch (InvalidInputException | StoreException e) {
            if (e instanceof StoreException failure && failure.retryable()) {
                throw e;
            }
            damaged.accept(id + " is not listed: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** @throws InvalidInputException with the nearest known campaign, if the store does not have this one */
    static CampaignArchive require(ArtifactStore store, String campaign) {
        if (campaign.matches("[A-Za-z0-9._-]+") && store.exists(new CampaignArchive(store, campaign).key("run.json"))) {
            return new CampaignArchive(store, campaign);
        }
        List<String> known = of(store);
        List<String> near = known.stream().filter(k -> k.startsWith(campaign)).toList();
        String hint = near.size() == 1
                ? "; did you mean %s?".formatted(near.getFirst())
                : StrictBinding.suggestion(campaign, known.subList(Math.max(0, known.size() - SHOWN), known.size()));
        throw new InvalidInputException(
                campaign, "is not a campaign of this store; ./normlab status lists them" + hint);
    }
}
