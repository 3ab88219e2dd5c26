/** What a trial leaves behind: specification, journal, training record, result, and where they lie. */
@NullMarked
package normlab.trial;

import org.jspecify.annotations.NullMarked;
