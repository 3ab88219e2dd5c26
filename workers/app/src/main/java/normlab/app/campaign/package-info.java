/** A campaign as a whole: its plan, its projection to the tracking server, its report. */
@NullMarked
package normlab.app.campaign;

import org.jspecify.annotations.NullMarked;
