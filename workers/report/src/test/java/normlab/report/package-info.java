@NullMarked
package normlab.report;

import org.jspecify.annotations.NullMarked;
