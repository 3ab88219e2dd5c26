/** Files that a user writes, read strictly. */
@NullMarked
package normlab.platform.config;

import org.jspecify.annotations.NullMarked;
