@NullMarked
package normlab.report.format;

import org.jspecify.annotations.NullMarked;
