/** Numbers as people read them. */
@NullMarked
package normlab.report.format;

import org.jspecify.annotations.NullMarked;
