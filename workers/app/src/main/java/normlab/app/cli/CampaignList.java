package normlab.app.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import normlab.app.config.Home;
import normlab.campaign.CampaignId;
import normlab.campaign.CampaignRecord;
import normlab.platform.conductor.CampaignState;
import normlab.port.ArtifactStore;

/**
 * Campaigns of a store: those that run, then the newest others. No more is read of the store than is shown.
 *
 * @param older how many are not shown
 */
public record CampaignList(List<CampaignSummary> shown, int older) {
    public static final CampaignList NONE = new CampaignList(List.of(), 0);

    public CampaignList {
        shown = List.copyOf(shown);
    }

    /**
     * @param wanted which campaigns to list
     * @param states what Conductor knows of running and recent ones, by id
     * @param others how many to show of those that do not run
     * @param damaged gets a message for each campaign whose record cannot be read
     */
    public static CampaignList of(
            ArtifactStore store,
            Home home,
            Predicate<CampaignId> wanted,
            Map<String, CampaignState> states,
            int others,
            Consumer<String> damaged) {
        List<CampaignId> found =
                Campaigns.newestFirst(store, damaged).stream().filter(wanted).toList();
        List<CampaignId> first = runningFirst(found, states, others);
        List<CampaignSummary> shown = first.parallelStream()
                .flatMap(id -> Campaigns.record(store, id.text(), damaged).stream())
                .map(record -> summary(record, states, store, home))
                .toList();
        return new CampaignList(shown, found.size() - first.size());
    }

    private static List<CampaignId> runningFirst(
            List<CampaignId> newestFirst, Map<String, CampaignState> states, int others) {
        Predicate<CampaignId> runs = id -> Optional.ofNullable(states.get(id.text()))
                .filter(state -> !state.campaign().status().ended())
                .isPresent();
        return Stream.concat(
                        newestFirst.stream().filter(runs),
                        newestFirst.stream().filter(runs.negate()).limit(others))
                .toList();
    }

    private static CampaignSummary summary(
            CampaignRecord record, Map<String, CampaignState> states, ArtifactStore store, Home home) {
        CampaignState state = states.get(record.id());
        return state == null ? CampaignSummary.of(record, store, home) : CampaignSummary.of(state, record, store, home);
    }
}
