/** The tracking server as a projection of the store: runs, metrics, models and dataset inputs. */
@NullMarked
package normlab.app.tracking;

import org.jspecify.annotations.NullMarked;
