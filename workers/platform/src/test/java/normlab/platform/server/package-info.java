@NullMarked
package normlab.platform.server;

import org.jspecify.annotations.NullMarked;
