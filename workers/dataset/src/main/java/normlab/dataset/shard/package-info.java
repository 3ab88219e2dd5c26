/** Images that are too many for memory: stored by the thousand as they were published, decoded when they are needed. */
@NullMarked
package normlab.dataset.shard;

import org.jspecify.annotations.NullMarked;
