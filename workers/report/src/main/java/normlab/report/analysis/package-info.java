/** What the numbers say: cells, paired effects, verdicts by fixed rules, cost, provenance. */
@NullMarked
package normlab.report.analysis;

import org.jspecify.annotations.NullMarked;
