/** The worker processes, the coordinator and the training slots, and the tasks that belong to no other module. */
@NullMarked
package normlab.app.worker;

import org.jspecify.annotations.NullMarked;
