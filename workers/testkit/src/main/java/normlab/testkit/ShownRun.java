package normlab.testkit;

import java.util.Map;
import java.util.Optional;
import normlab.port.TrackedRun;

/**
 * A run as a tracking server shows it to a person.
 *
 * @param parent name of the parent run
 * @param tags the tags of the tracked run, and possibly others from the server
 * @param points the number of points of each metric's curve
 */
public record ShownRun(
        String name,
        String description,
        TrackedRun.Status status,
        Optional<String> parent,
        Map<String, String> params,
        Map<String, String> tags,
        Map<String, Integer> points) {}
