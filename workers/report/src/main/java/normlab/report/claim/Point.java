package normlab.report.claim;

import java.util.List;

/**
 * A cell of a campaign in a plane: means over its trials.
 *
 * @param cluster the network and activation, which cells of several arms share
 * @param keys keys of the trials
 */
record Point(String name, String cluster, double x, double y, List<String> keys) {
    Point {
        keys = List.copyOf(keys);
    }
}
