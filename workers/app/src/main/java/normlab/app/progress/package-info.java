/** How far a campaign is, to a person at a terminal or to a log. */
@NullMarked
package normlab.app.progress;

import org.jspecify.annotations.NullMarked;
