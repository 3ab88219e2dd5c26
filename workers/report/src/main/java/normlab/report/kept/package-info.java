/** Results that are kept as files, read again. */
@NullMarked
package normlab.report.kept;

import org.jspecify.annotations.NullMarked;
