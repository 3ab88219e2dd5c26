/** The installation, its environment variables, and the servers that commands and workers talk to. */
@NullMarked
package normlab.app.config;

import org.jspecify.annotations.NullMarked;
