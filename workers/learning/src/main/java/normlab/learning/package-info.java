/** The training core: the only module that sees ai.djl. */
@NullMarked
package normlab.learning;

import org.jspecify.annotations.NullMarked;
