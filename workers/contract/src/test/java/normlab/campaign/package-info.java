@NullMarked
package normlab.campaign;

import org.jspecify.annotations.NullMarked;
