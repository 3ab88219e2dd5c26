/** What another implementation needs to recompute a training, and what it must find. */
@NullMarked
package normlab.learning.parity;

import org.jspecify.annotations.NullMarked;
