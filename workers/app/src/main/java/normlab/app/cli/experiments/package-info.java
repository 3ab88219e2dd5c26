/** Commands about experiments and their data. */
@NullMarked
package normlab.app.cli.experiments;

import org.jspecify.annotations.NullMarked;
