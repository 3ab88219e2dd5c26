package normlab.port;

import java.util.List;
import normlab.port.TrackedRun.Identity;

/**
 * What a tracking server shows above the runs of an experiment.
 *
 * @param description Markdown
 * @param shownTag tag and value of the runs that the prepared view shows
 * @param groupedBy params whose values make one curve each, mean and spread, in the prepared view
 */
public record TrackedExperiment(String name, String description, Identity shownTag, List<String> groupedBy) {
    public TrackedExperiment {
        groupedBy = List.copyOf(groupedBy);
    }
}
