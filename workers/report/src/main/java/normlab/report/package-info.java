/** From a campaign's results to its report. */
@NullMarked
package normlab.report;

import org.jspecify.annotations.NullMarked;
