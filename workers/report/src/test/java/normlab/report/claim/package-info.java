@NullMarked
package normlab.report.claim;

import org.jspecify.annotations.NullMarked;
