@NullMarked
package normlab.report.stats;

import org.jspecify.annotations.NullMarked;
