/** The differences between two campaigns. */
@NullMarked
package normlab.report.compare;

import org.jspecify.annotations.NullMarked;
