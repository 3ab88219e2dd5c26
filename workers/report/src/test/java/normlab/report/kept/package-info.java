@NullMarked
package normlab.report.kept;

import org.jspecify.annotations.NullMarked;
