/** From a manifest to verified, split samples in the store. */
@NullMarked
package normlab.dataset;

import org.jspecify.annotations.NullMarked;
