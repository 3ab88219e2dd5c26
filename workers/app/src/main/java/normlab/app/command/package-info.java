/** The verbs of the command line. */
@NullMarked
package normlab.app.command;

import org.jspecify.annotations.NullMarked;
