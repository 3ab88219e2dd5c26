/** Behaviour of the measurements: never how fast something is. */
@NullMarked
package normlab.app.bench;

import org.jspecify.annotations.NullMarked;
