@NullMarked
package normlab.trial;

import org.jspecify.annotations.NullMarked;
