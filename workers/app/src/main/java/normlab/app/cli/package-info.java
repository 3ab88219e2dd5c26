/** What all commands share: options, sessions, exit codes, messages and output. */
@NullMarked
package normlab.app.cli;

import org.jspecify.annotations.NullMarked;
