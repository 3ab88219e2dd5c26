/** Which code, data, libraries and hardware a result comes from, and the key made of them. */
@NullMarked
package normlab.provenance;

import org.jspecify.annotations.NullMarked;
