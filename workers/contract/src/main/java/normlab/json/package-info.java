/** The one encoding of records, strict on the way in and canonical on the way out. */
@NullMarked
package normlab.json;

import org.jspecify.annotations.NullMarked;
