package normlab.report.claim;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import normlab.experiment.Activation;
import normlab.report.analysis.Quantity;

/** What hypotheses are judged by: the values of a campaign, cell by cell. */
interface Evidence {
    List<String> networks();

    /** Empty if no arm has this role, or the campaign has not run it under this activation. */
    Optional<Values> values(String network, Role role, Activation activation, Quantity quantity);

    /** The largest mean of any activation and arm. */
    OptionalDouble best(String network, Quantity quantity);
}
