/** A finished model on whole sets of images. */
@NullMarked
package normlab.learning.evaluate;

import org.jspecify.annotations.NullMarked;
