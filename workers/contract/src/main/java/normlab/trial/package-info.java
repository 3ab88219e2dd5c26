/** What a trial leaves in the store: its specification, journal, training record and result. */
@NullMarked
package normlab.trial;

import org.jspecify.annotations.NullMarked;
