@NullMarked
package normlab.report.analysis;

import org.jspecify.annotations.NullMarked;
