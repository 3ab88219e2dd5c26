/** The worker processes: the coordinator and the training slots. */
@NullMarked
package normlab.app.worker;

import org.jspecify.annotations.NullMarked;
