@NullMarked
package normlab.report.compare;

import org.jspecify.annotations.NullMarked;
