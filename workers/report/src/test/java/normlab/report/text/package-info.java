@NullMarked
package normlab.report.text;

import org.jspecify.annotations.NullMarked;
