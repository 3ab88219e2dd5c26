/** The documentation, held to the code. */
@NullMarked
package normlab.app.docs;

import org.jspecify.annotations.NullMarked;
