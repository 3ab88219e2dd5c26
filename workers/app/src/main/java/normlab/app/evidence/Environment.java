package normlab.app.evidence;

import java.util.List;
import normlab.app.campaign.CampaignContents;
import normlab.provenance.Machine;
import normlab.provenance.TrainingStack;

/**
 * On what a campaign ran, and on what it was exported.
 *
 * @param code version that started the campaign; {@code -dirty} where its checkout had changes
 * @param stacks sources, libraries, device class and threads: each that trained a trial
 * @param machines each that trained a trial
 * @param exportedBy version of the code that wrote the bundle
 */
record Environment(
        String code, List<TrainingStack> stacks, List<Machine> machines, String exportedBy, Machine exportedOn) {
    static Environment of(CampaignContents contents, String exportedBy) {
        return new Environment(
                contents.record().code(),
                contents.trials().stream()
                        .map(t -> t.identity().stack())
                        .distinct()
                        .toList(),
                contents.trials().stream()
                        .flatMap(t -> t.result().stream())
                        .map(r -> r.training().machine())
                        .distinct()
                        .toList(),
                exportedBy,
                Machine.current());
    }
}
