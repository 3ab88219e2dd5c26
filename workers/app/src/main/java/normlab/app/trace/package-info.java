/** Where a result comes from: why a trial is cached or not, and how two trainings of it differ. */
@NullMarked
package normlab.app.trace;

import org.jspecify.annotations.NullMarked;
