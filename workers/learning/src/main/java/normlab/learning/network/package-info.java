/** Networks written once; the normalization decides what stands where. */
@NullMarked
package normlab.learning.network;

import org.jspecify.annotations.NullMarked;
