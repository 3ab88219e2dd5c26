/** Measurements in processes of their own, set up as training slots are. */
@NullMarked
package normlab.app.bench;

import org.jspecify.annotations.NullMarked;
