/** Conductor: the tasks bound to its workers, and its server as the command line sees it. Nothing else knows it. */
@NullMarked
package normlab.platform.conductor;

import org.jspecify.annotations.NullMarked;
