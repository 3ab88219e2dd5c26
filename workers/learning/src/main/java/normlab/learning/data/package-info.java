/** Images on the device, and batches of them. */
@NullMarked
package normlab.learning.data;

import org.jspecify.annotations.NullMarked;
