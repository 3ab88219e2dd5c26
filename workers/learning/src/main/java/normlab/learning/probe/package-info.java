/** What the loss surface is like where training stands: measured on a copy, changing nothing of the training. */
@NullMarked
package normlab.learning.probe;

import org.jspecify.annotations.NullMarked;
