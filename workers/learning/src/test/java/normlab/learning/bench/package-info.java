/** Behaviour of the measurements: never how fast something is. */
@NullMarked
package normlab.learning.bench;

import org.jspecify.annotations.NullMarked;
