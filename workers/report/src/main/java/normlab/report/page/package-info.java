/** The report as one HTML file. */
@NullMarked
package normlab.report.page;

import org.jspecify.annotations.NullMarked;
