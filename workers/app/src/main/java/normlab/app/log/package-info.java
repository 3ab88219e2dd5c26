/** What the processes of the stack logged. */
@NullMarked
package normlab.app.log;

import org.jspecify.annotations.NullMarked;
