/** What the launcher rehearses commands with, to keep the classes that they load: a campaign that nobody trained, and servers that tell of it. */
@NullMarked
package normlab.app.rehearsal;

import org.jspecify.annotations.NullMarked;
