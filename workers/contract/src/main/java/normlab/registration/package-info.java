/** Questions that are asked before the answer is known: an experiment's protocol, and whether a campaign keeps to it. */
@NullMarked
package normlab.registration;

import org.jspecify.annotations.NullMarked;
