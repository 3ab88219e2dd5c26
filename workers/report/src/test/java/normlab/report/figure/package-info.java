@NullMarked
package normlab.report.figure;

import org.jspecify.annotations.NullMarked;
