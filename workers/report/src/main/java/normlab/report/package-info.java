/** Makes a report from a campaign's results. */
@NullMarked
package normlab.report;

import org.jspecify.annotations.NullMarked;
