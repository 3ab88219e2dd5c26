/** The servers of the embedded stack: how each is installed, configured and started. */
@NullMarked
package normlab.platform.server;

import org.jspecify.annotations.NullMarked;
