/** What a campaign leaves in the store beside its trials: its record, its plan and how it ended. */
@NullMarked
package normlab.campaign;

import org.jspecify.annotations.NullMarked;
