@NullMarked
package normlab.learning.probe;

import org.jspecify.annotations.NullMarked;
