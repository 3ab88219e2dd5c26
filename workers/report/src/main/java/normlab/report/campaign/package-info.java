/** The results that a report is made from. */
@NullMarked
package normlab.report.campaign;

import org.jspecify.annotations.NullMarked;
