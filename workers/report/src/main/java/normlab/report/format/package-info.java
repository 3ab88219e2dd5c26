/** Numbers and lists as people write them. */
@NullMarked
package normlab.report.format;

import org.jspecify.annotations.NullMarked;
