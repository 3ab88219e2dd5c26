/** The outside world as the tasks see it: interfaces only. */
@NullMarked
package normlab.port;

import org.jspecify.annotations.NullMarked;
