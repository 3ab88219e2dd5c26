/** Claims as data, and verdicts on them by fixed rules from a campaign's results. */
@NullMarked
package normlab.report.claim;

import org.jspecify.annotations.NullMarked;
