/** Wiring: what the command line and the worker processes are made of. */
@NullMarked
package normlab.app;

import org.jspecify.annotations.NullMarked;
