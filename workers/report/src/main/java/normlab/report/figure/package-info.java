/** Curves and dot plots as SVG and PNG. */
@NullMarked
package normlab.report.figure;

import org.jspecify.annotations.NullMarked;
