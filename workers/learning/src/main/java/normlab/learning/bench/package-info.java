/** How fast this machine trains. */
@NullMarked
package normlab.learning.bench;

import org.jspecify.annotations.NullMarked;
