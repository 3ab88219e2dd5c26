/** Commands about this machine and its stack. */
@NullMarked
package normlab.app.cli.machine;

import org.jspecify.annotations.NullMarked;
