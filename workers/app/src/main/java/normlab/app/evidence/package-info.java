/** Evidence bundles: all that a campaign's findings rest on, in one archive that can be checked anywhere. */
@NullMarked
package normlab.app.evidence;

import org.jspecify.annotations.NullMarked;
