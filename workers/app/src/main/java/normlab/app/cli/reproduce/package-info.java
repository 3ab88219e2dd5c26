/** Commands that reproduce results and hand them over. */
@NullMarked
package normlab.app.cli.reproduce;

import org.jspecify.annotations.NullMarked;
