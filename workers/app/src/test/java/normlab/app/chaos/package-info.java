/** What happens to a campaign when things die: the drills behind {@code make chaos}. */
@NullMarked
package normlab.app.chaos;

import org.jspecify.annotations.NullMarked;
