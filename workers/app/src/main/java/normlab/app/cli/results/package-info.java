/** Commands that read what came out of a campaign. */
@NullMarked
package normlab.app.cli.results;

import org.jspecify.annotations.NullMarked;
