/** The training loop, its optimizer, its schedule and its checkpoints. */
@NullMarked
package normlab.learning.train;

import org.jspecify.annotations.NullMarked;
