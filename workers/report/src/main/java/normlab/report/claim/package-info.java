/** Claims as data, and the verdicts that a campaign's results give on them by fixed rules. */
@NullMarked
package normlab.report.claim;

import org.jspecify.annotations.NullMarked;
