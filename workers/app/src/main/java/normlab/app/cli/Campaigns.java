package normlab.app.cli;

import java.util.List;
import normlab.campaign.CampaignArchive;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;
import normlab.port.ArtifactStore;

/** The campaigns of a store, by id. */
public final class Campaigns {
    private static final String FOLDER = "runs/";
    private static final String RECORD = "/run.json";
    private static final int SHOWN = 5;

    private Campaigns() {}

    /** Ids, in order. */
    public static List<String> of(ArtifactStore store) {
        return store.list(FOLDER).stream()
                .filter(k -> k.endsWith(RECORD) && k.indexOf('/', FOLDER.length()) == k.length() - RECORD.length())
                .map(k -> k.substring(FOLDER.length(), k.length() - RECORD.length()))
                .toList();
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
