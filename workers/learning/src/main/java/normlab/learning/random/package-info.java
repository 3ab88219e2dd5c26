/** Randomness as an argument: streams derived from seed, purpose and position. */
@NullMarked
package normlab.learning.random;

import org.jspecify.annotations.NullMarked;
