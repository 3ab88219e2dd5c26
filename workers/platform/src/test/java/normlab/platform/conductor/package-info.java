@NullMarked
package normlab.platform.conductor;

import org.jspecify.annotations.NullMarked;
