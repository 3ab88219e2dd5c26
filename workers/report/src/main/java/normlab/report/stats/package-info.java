/** Means, paired differences, exact sign-flip tests and Holm's correction. */
@NullMarked
package normlab.report.stats;

import org.jspecify.annotations.NullMarked;
