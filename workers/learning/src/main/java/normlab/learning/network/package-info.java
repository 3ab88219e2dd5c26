/** Networks, each defined once for all normalizations, activations and heads. */
@NullMarked
package normlab.learning.network;

import org.jspecify.annotations.NullMarked;
