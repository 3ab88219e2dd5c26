@NullMarked
package normlab.platform.stack;

import org.jspecify.annotations.NullMarked;
