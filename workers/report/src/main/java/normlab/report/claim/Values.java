package normlab.report.claim;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * One quantity in the trials of a cell.
 *
 * @param bySeed the values that exist
 * @param diverged seeds of trials that diverged
 * @param alive whether the cell left chance and none of its trials diverged
 * @param keys keys of the trials, by seed
 */
record Values(SortedMap<Long, Double> bySeed, Set<Long> diverged, boolean alive, Map<Long, List<String>> keys) {}
