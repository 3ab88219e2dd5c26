@NullMarked
package normlab.platform.process;

import org.jspecify.annotations.NullMarked;
