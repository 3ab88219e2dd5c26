/** Means, differences, equivalence, power, bootstrap, rank correlation, speed, and the correction for many tests. */
@NullMarked
package normlab.report.stats;

import org.jspecify.annotations.NullMarked;
