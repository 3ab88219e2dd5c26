/** Starts, watches, restarts and stops processes; files and locks that processes share. */
@NullMarked
package normlab.platform.process;

import org.jspecify.annotations.NullMarked;
