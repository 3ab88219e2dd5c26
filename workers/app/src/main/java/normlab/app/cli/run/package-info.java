/** Commands that run campaigns. */
@NullMarked
package normlab.app.cli.run;

import org.jspecify.annotations.NullMarked;
